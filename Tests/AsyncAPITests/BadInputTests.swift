import AsyncAPI
import Contract
import JSON
import Testing

struct BadInputTests {
  struct Example: CustomTestStringConvertible {
    let why: String
    let text: String
    let problems: [String]
    var testDescription: String { why }
  }

  private static let head = "asyncapi: 3.0.0\ninfo: {title: T, version: '1'}\n"

  /// A document of version 3 with a good channel `c` that has the message `m`.
  private static func withChannel(_ rest: String) -> String {
    head + "channels: {c: {address: /, messages: {m: {}, n: {}}}}\n" + rest
  }

  /// A document of version 3 with one good operation, whose reply is given.
  private static func withReply(_ reply: String) -> String {
    withChannel(
      "operations:\n  o:\n    action: receive\n    channel: {$ref: '#/channels/c'}\n    reply:\n"
        + reply
    )
  }

  static let otherKinds = [
    Example(
      why: "an empty file",
      text: "",
      problems: ["empty"]
    ),
    Example(why: "a list", text: "- a\n", problems: ["a list"]),
    Example(why: "a word", text: "hello\n", problems: ["a single value"]),
    Example(why: "OpenAPI", text: "openapi: 3.0.3\n", problems: ["an OpenAPI 3.0.3 document"]),
    Example(why: "Swagger", text: "swagger: '2.0'\n", problems: ["a Swagger 2.0 document"]),
    Example(why: "a contract", text: #"{"interactions": []}"#, problems: ["a Pact contract"]),
    Example(why: "a scenario", text: "wspact: scenario/1\n", problems: ["a wspact file"]),
    Example(
      why: "a schema",
      text: "type: object\nproperties: {}\n",
      problems: ["a JSON Schema"]
    ),
    Example(
      why: "a slip in the first word",
      text: "asyncApi: 3.0.0\n",
      problems: ["a document with 'asyncApi' but no 'asyncapi'"]
    ),
    Example(why: "anything else", text: "a: b\n", problems: ["a document without 'asyncapi'"]),
  ]

  @Test(arguments: otherKinds)
  func `what is no AsyncAPI document at all is called by its name`(example: Example) {
    #expect(
      Documents.problems(in: example.text) == [
        "api.yml:1:1: error: this is \(example.problems[0]); expected an AsyncAPI document, which "
          + "begins with 'asyncapi: 3.0.0'"
      ]
    )
  }

  static let versions = [
    Example(
      why: "version 1",
      text: "asyncapi: 1.2.0\n",
      problems: [
        "api.yml:1:11: error: AsyncAPI 1.2.0 is not supported; expected 2.0 to 2.6, 3.0 or 3.1"
      ]
    ),
    Example(
      why: "a minor version that never was",
      text: "asyncapi: 2.7.0\n",
      problems: [
        "api.yml:1:11: error: AsyncAPI 2.7.0 is not supported; expected 2.0 to 2.6, 3.0 or 3.1"
      ]
    ),
    Example(
      why: "no version",
      text: "asyncapi: latest\n",
      problems: [
        "api.yml:1:11: error: 'asyncapi' must be a version such as '3.0.0', found 'latest'"
      ]
    ),
    Example(
      why: "a list",
      text: "asyncapi: [3, 0]\n",
      problems: [
        "api.yml:1:11: error: 'asyncapi' must be a version such as '3.0.0', found a list"
      ]
    ),
    Example(
      why: "a number",
      text: "asyncapi: 3.0\ninfo: {title: T, version: 1.0}\n",
      problems: ["api.yml:1:11: warning: 'asyncapi' must be text such as '3.0.0'"]
    ),
    Example(
      why: "a version to come",
      text: "asyncapi: 3.2.0\ninfo: {title: T, version: '1'}\n",
      problems: [
        "api.yml:1:11: warning: AsyncAPI 3.2.0 is newer than 3.1 and is read as 3.1"
      ]
    ),
  ]

  static let texts = [
    Example(
      why: "no info",
      text: "asyncapi: 3.0.0\n",
      problems: ["api.yml:1:1: warning: the document has no 'info' with title and version"]
    ),
    Example(
      why: "members of the wrong kinds",
      text: "asyncapi: 3.0.0\ninfo: []\nservers: 1\nchannels: x\noperations: [a]\n"
        + "defaultContentType: {}\nx-wspact-close-codes: 1\n",
      problems: [
        "api.yml:2:7: error: 'info' must be a mapping, found a list",
        "api.yml:3:10: error: 'servers' must be a mapping, found 1",
        "api.yml:4:11: error: 'channels' must be a mapping, found 'x'",
        "api.yml:5:13: error: 'operations' must be a mapping, found a list",
        "api.yml:6:21: error: 'defaultContentType' must be text, found a mapping",
        "api.yml:7:23: error: 'x-wspact-close-codes' must be a mapping such as {4401: the token is wrong}, found 1",
      ]
    ),
    Example(
      why: "names that are nearly right",
      text: "asyncapi: 3.0.0\ninfo: {title: T, version: '1'}\nchanels: {}\nx-other: 1\n"
        + "x-wspact-closecodes: {}\n",
      problems: [
        "api.yml:3:1: warning: an AsyncAPI document has no 'chanels'; did you mean 'channels'?",
        "api.yml:5:1: warning: an AsyncAPI document has no 'x-wspact-closecodes'; did you mean 'x-wspact-close-codes'?",
      ]
    ),
  ]

  static let references = [
    Example(
      why: "a name that is nearly right",
      text: head + "channels: {c: {messages: {m: {$ref: '#/components/messages/pong2'}}}}\n"
        + "components: {messages: {pong: {}}}\n",
      problems: [
        "api.yml:3:37: error: '#/components/messages/pong2' points at nothing; did you mean '#/components/messages/pong'?"
      ]
    ),
    Example(
      why: "the wrong section",
      text: head + "channels: {c: {messages: {m: {$ref: '#/components/schemas/pong'}}}}\n"
        + "components: {messages: {pong: {}}}\n",
      problems: [
        "api.yml:3:37: error: '#/components/schemas/pong' points at nothing; did you mean '#/components/messages/pong'?"
      ]
    ),
    Example(
      why: "a slash that is part of a name",
      text: head + "channels: {c: {messages: {m: {$ref: '#/components/messages/a/b'}}}}\n"
        + "components: {messages: {a/b: {payload: {$ref: '#/components/schemas/x/y/z'}}}, schemas: {x/y: {z: {const: 1}}}}\n",
      problems: [
        "api.yml:3:37: warning: '#/components/messages/a/b' has a '/' that is part of a name; did you mean '~1'?",
        "api.yml:4:47: warning: '#/components/schemas/x/y/z' has a '/' that is part of a name; did you mean '~1'?",
      ]
    ),
    Example(
      why: "a reference that is no text",
      text: head + "channels: {c: {messages: {m: {$ref: 1}}}}\n",
      problems: ["api.yml:3:37: error: '$ref' must be text, found 1"]
    ),
    Example(
      why: "the network",
      text: head + "channels: {c: {$ref: 'https://example.com/a.yml#/c'}}\n",
      problems: [
        "api.yml:3:22: error: 'https://example.com/a.yml#/c' is on the network, and nothing is fetched; save it beside the document and refer to it by its path"
      ]
    ),
    Example(
      why: "no such file",
      text: head + "channels: {c: {$ref: './nowhere.yml#/c'}}\n",
      problems: [
        "api.yml:3:22: error: './nowhere.yml#/c' leads nowhere: there is no file 'nowhere.yml'"
      ]
    ),
    Example(
      why: "bad escapes",
      text: head + "channels: {a: {$ref: '#/a%2'}, b: {$ref: '#/a~2'}, c: {$ref: '#name'}}\n",
      problems: [
        "api.yml:3:22: error: '#/a%2' has a '%' that encodes nothing; write '%25' for '%'",
        "api.yml:3:42: error: '#/a~2' has a '~' that escapes nothing; write '~0' for '~'",
        "api.yml:3:62: error: '#name' names a schema; expected a path such as '#/components/messages/…'",
      ]
    ),
    Example(
      why: "a place that nothing uses",
      text: head
        + "components: {schemas: {a: {properties: {b: {$ref: '#/components/schemas/c'}}}}}\n",
      problems: [
        "api.yml:3:51: error: '#/components/schemas/c' points at nothing; did you mean '#/components/schemas/a'?"
      ]
    ),
    Example(
      why: "a reference among properties",
      text: head
        + "channels: {c: {messages: {m: {payload: {properties: {a: {}, $ref: 'x.yml#/y'}}}}}}\n",
      problems: [
        "api.yml:3:61: error: '$ref' stands among the names of 'properties'; to take over what another schema says, put it into 'allOf'"
      ]
    ),
    Example(
      why: "data that only looks like references",
      text: head + "x-a: {$ref: '#/no'}\n"
        + "components: {schemas: {a: {default: {$ref: '#/no'}, enum: [{$ref: '#/no'}], properties: {$ref: {const: {$ref: '#/no'}}}}}}\n",
      problems: []
    ),
  ]

  @Test(arguments: versions + texts + references)
  func `every problem of a document is told with its place`(example: Example) {
    #expect(Documents.problems(in: example.text) == example.problems)
  }

  static let version3 = [
    Example(
      why: "operations that are incomplete",
      text: withChannel(
        """
        operations:
          a: {channel: {$ref: '#/channels/c'}}
          b: {action: recieve, channel: {$ref: '#/channels/c'}}
          d: {action: 1, channel: {$ref: '#/channels/c'}}
          e: {action: send}
          f: {action: send, channel: cc}
          g: {action: send, channel: {$ref: '#/components/channels/x'}}
          h: {action: send, channel: {$ref: '#/channels/x'}}
          i: {actoin: send, action: send, channel: {$ref: '#/channels/c'}}
          j: 5
        components: {channels: {x: {}}}
        """
      ),
      problems: [
        "api.yml:5:6: error: an operation needs 'action: send' or 'action: receive'",
        "api.yml:6:15: error: 'action' is 'recieve'; did you mean 'receive'?",
        "api.yml:7:15: error: 'action' is 1; expected 'send' or 'receive'",
        "api.yml:8:6: error: an operation needs 'channel', a reference such as {$ref: '#/channels/…'}",
        "api.yml:9:30: error: 'channel' must be a reference; did you mean {$ref: '#/channels/c'}?",
        "api.yml:10:30: error: this is no channel of the document; expected {$ref: '#/channels/…'}",
        "api.yml:11:37: error: '#/channels/x' points at nothing; did you mean '#/channels/c'?",
        "api.yml:12:7: warning: an operation has no 'actoin'; did you mean 'action'?",
        "api.yml:13:6: error: an operation must be a mapping, found 5",
      ]
    ),
    Example(
      why: "messages that are none of the channel's",
      text: withChannel(
        """
        operations:
          a: {action: send, channel: {$ref: '#/channels/c'}, messages: [{$ref: '#/components/messages/x'}, {payload: {}}, m]}
          b: {action: send, channel: {$ref: '#/channels/c'}, messages: []}
        components: {messages: {x: {}}}
        """
      ),
      problems: [
        "api.yml:3:39: warning: no operation has the message 'm', so nobody may send it",
        "api.yml:3:46: warning: no operation has the message 'n', so nobody may send it",
        "api.yml:5:65: warning: this message is none of the channel 'c'",
        "api.yml:5:100: error: a message is referred to as {$ref: '#/channels/c/messages/…'}",
        "api.yml:5:115: error: a message is referred to as {$ref: '#/channels/c/messages/…'}",
        "api.yml:6:3: warning: the operation 'b' has no message, so it says nothing",
      ]
    ),
    Example(
      why: "channels of version 2 and parameters that do not agree",
      text: head + """
        channels:
          a: {publish: {}, subscribe: {}}
          b: {address: 'x/{idd}/?q=1', parameters: {id: {}, other: {}}}
          c: {address: 5, mesages: {}}
          d: []
        operations: {}
        """,
      problems: [
        "api.yml:4:7: error: 'publish' is of AsyncAPI 2; in 3.0 it is an operation with 'action: receive'",
        "api.yml:4:20: error: 'subscribe' is of AsyncAPI 2; in 3.0 it is an operation with 'action: send'",
        "api.yml:5:16: warning: the address 'x/{idd}/?q=1' has a '?'; a query belongs in 'bindings.ws.query'",
        "api.yml:5:16: warning: there is no parameter 'idd'; did you mean 'id'?",
        "api.yml:5:45: warning: the address 'x/{idd}/?q=1' has no parameter 'id'",
        "api.yml:5:53: warning: the address 'x/{idd}/?q=1' has no parameter 'other'",
        "api.yml:6:16: error: 'address' must be text, found 5",
        "api.yml:6:19: warning: a channel has no 'mesages'; did you mean 'messages'?",
        "api.yml:7:6: error: a channel must be a mapping, found a list",
      ]
    ),
    Example(
      why: "servers",
      text: head + """
        servers:
          a: {protocol: ws}
          b: {url: 'ws://x', protocol: ws}
          c: {host: 'wss://h/p?q=1', protocol: ws}
          d: {host: 'h/p', protocol: ws, pathname: 'q?r'}
          e: {host: '{nmae}.x:{port}', protocol: ws, variables: {name: {default: n}, port: {}}}
          f: {host: h, protocol: mqtt}
        channels:
          x: {servers: [a, gg, {$ref: '#/servers/f'}, {$ref: '#/components/servers/z'}]}
          y: {servers: [{$ref: '#/servers/f'}]}
        operations: {}
        components: {servers: {z: {host: h, protocol: ws}}}
        """,
      problems: [
        "api.yml:4:6: error: a server needs 'host'",
        "api.yml:5:7: warning: 'url' is of AsyncAPI 2; in 3.0 it is 'host' and 'pathname'",
        "api.yml:6:13: warning: 'host' has '?q=1', which is left out; a query belongs in the channel's 'bindings.ws.query'",
        "api.yml:6:13: warning: 'host' has the scheme 'wss', which belongs in 'protocol'",
        "api.yml:7:13: warning: 'host' has the path '/p', which belongs in 'pathname'",
        "api.yml:7:44: warning: 'pathname' has '?r', which is left out; a query belongs in the channel's 'bindings.ws.query'",
        "api.yml:8:13: warning: there is no variable 'nmae'; did you mean 'name'?",
        "api.yml:8:84: warning: the variable 'port' has no default, so its place stays open",
        "api.yml:11:3: warning: the channel 'x' is left out: its servers speak 'mqtt', not WebSocket",
        "api.yml:11:17: error: there is no server 'a'; did you mean 'b'?",
        "api.yml:11:20: error: there is no server 'gg'",
        "api.yml:11:47: error: this is no server of the document; expected {$ref: '#/servers/…'}",
        "api.yml:12:3: warning: the channel 'y' is left out: its servers speak 'mqtt', not WebSocket",
      ]
    ),
    Example(
      why: "a binding",
      text: head + """
        channels:
          a: {bindings: {ws: {method: POST, query: {type: object}, header: {}}}}
          b: {bindings: {ws: []}}
          c: {bindings: {ws: {query: 5, headers: {properties: []}}}}
        operations: {}
        """,
      problems: [
        "api.yml:4:31: warning: a WebSocket is opened with GET, not with 'POST' (RFC 6455 section 4.1)",
        "api.yml:4:44: warning: 'query' of the ws binding has no 'properties', so it says nothing",
        "api.yml:4:60: warning: the ws binding has no 'header'; did you mean 'headers'?",
        "api.yml:5:22: error: the ws binding must be a mapping, found a list",
        "api.yml:6:30: error: 'query' of the ws binding must be a mapping, found 5",
        "api.yml:6:55: error: 'properties' must be a mapping, found a list",
      ]
    ),
    Example(
      why: "replies",
      text: withReply(
        """
              channel: {$ref: '#/channels/c'}
              address: {location: $message.header#/x}
              mesages: []
        """
      ),
      problems: [
        "api.yml:10:7: warning: the reply has an address of its own, so the channel 'c' should have none instead of '/'",
        "api.yml:11:7: warning: a reply has no 'mesages'; did you mean 'messages'?",
      ]
    ),
  ]

  static let sequences = [
    Example(
      why: "a sequence that is no list",
      text: withReply(
        "      channel: {$ref: '#/channels/c'}\n      x-wspact-sequence: {message: m}\n"
      ),
      problems: [
        "api.yml:10:26: error: 'x-wspact-sequence' must be a list of {message, min, max}, found a mapping"
      ]
    ),
    Example(
      why: "a sequence without items",
      text: withReply("      channel: {$ref: '#/channels/c'}\n      x-wspact-sequence: []\n"),
      problems: ["api.yml:10:26: error: 'x-wspact-sequence' must have at least one item"]
    ),
    Example(
      why: "items that are wrong in every way",
      text: withReply(
        """
              channel: {$ref: '#/channels/c'}
              x-wspact-sequence:
                - m
                - {}
                - {message: mm}
                - {message: other}
                - {message: [m]}
                - {message: m, mni: 1}
                - {message: m, min: -1}
                - {message: m, max: many}
                - {message: m, min: 3, max: 2}
                - {message: m, max: 0}
                - {message: m, min: 0, max: null}
        """
      ),
      problems: [
        "api.yml:11:11: error: an item must be a mapping such as {message: pong}, found 'm'",
        "api.yml:12:11: error: an item needs 'message'",
        "api.yml:13:21: error: the reply has no message 'mm'; did you mean 'm'?",
        "api.yml:14:21: error: the reply has no message 'other'; it has 'm' and 'n'",
        "api.yml:15:21: error: 'message' must be the name of a message, found a list",
        "api.yml:16:24: error: an item has no 'mni'; did you mean 'min'?",
        "api.yml:17:29: error: 'min' must be a whole number of at least 0, found -1",
        "api.yml:18:29: error: 'max' must be a whole number of at least 0, or null for no bound, found 'many'",
        "api.yml:19:37: error: 'max' is 2; expected at least 3, or null for no bound",
        "api.yml:20:29: error: 'max' is 0; expected at least 1, or null for no bound",
      ]
    ),
    Example(
      why: "a slip in the extension's own name",
      text: withReply("      channel: {$ref: '#/channels/c'}\n      x-wspact-sequenz: []\n"),
      problems: [
        "api.yml:10:7: warning: a reply has no 'x-wspact-sequenz'; did you mean 'x-wspact-sequence'?"
      ]
    ),
    Example(
      why: "close codes",
      text: head + """
        x-wspact-close-codes:
          999: too low
          1006: never sent
          5000: too high
          gone: no number
          4401: {description: fine}
          4402: {summary: fine}
          4403: 1
        """,
      problems: [
        "api.yml:4:3: error: '999' is no close code; expected a number from 1000 to 4999",
        "api.yml:5:3: error: the close code 1006 is never sent; it only stands for what a peer saw",
        "api.yml:6:3: error: '5000' is no close code; expected a number from 1000 to 4999",
        "api.yml:7:3: error: 'gone' is no close code; expected a number from 1000 to 4999",
        "api.yml:10:9: error: a close code must have a text that says when it is used, found 1",
      ]
    ),
  ]

  static let messages = [
    Example(
      why: "schemas in a language that cannot be checked",
      text: head + """
        channels:
          c:
            messages:
              a: {payload: {schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: {}}}
              b: {payload: {schemaFormat: 'application/schema+json;version=draft-99', schema: {}}}
              c: {schemaFormat: 'application/schema+json', payload: {}}
        """,
      problems: [
        "api.yml:6:35: error: the payload of 'a' is described in 'application/vnd.apache.avro;version=1.9.0', which cannot be checked; expected 'application/vnd.aai.asyncapi;version=3.0.0' or 'application/schema+json;version=draft-07'",
        "api.yml:7:35: error: the payload of 'b' is described in 'application/schema+json;version=draft-99', which cannot be checked; expected 'application/vnd.aai.asyncapi;version=3.0.0' or 'application/schema+json;version=draft-07'",
        "api.yml:8:11: warning: 'schemaFormat' of a message is of AsyncAPI 2; in 3.0 it stands in the payload, beside 'schema'",
      ]
    ),
    Example(
      why: "correlation ids and examples",
      text: head + """
        channels:
          c:
            messages:
              a: {correlationId: {location: '$message.payload/id'}, examples: {}}
              b: {correlationId: {}, examples: [1, {name: x}, {headers: {}}]}
              d: {correlationId: 5, exmaples: [], title: [], contentType: 1}
              e: {correlationId: {location: '$message.header#/id'}}
        """,
      problems: [
        "api.yml:6:37: error: '$message.payload/id' is no place in a message; expected one such as '$message.payload#/request_id'",
        "api.yml:6:71: error: 'examples' must be a list, found a mapping",
        "api.yml:7:26: error: a correlation id needs 'location'",
        "api.yml:7:41: warning: an example must be a mapping with 'payload', found 1",
        "api.yml:7:44: warning: this example has no 'payload', under which the message belongs",
        "api.yml:8:26: error: a correlation id must be a mapping, found 5",
        "api.yml:8:29: warning: a message has no 'exmaples'; did you mean 'examples'?",
        "api.yml:8:50: error: 'title' must be text, found a list",
        "api.yml:8:67: error: 'contentType' must be text, found 1",
      ]
    ),
  ]

  static let version2 = [
    Example(
      why: "what is of version 3",
      text: """
        asyncapi: 2.6.0
        info: {title: T, version: '1'}
        servers: {a: {host: x, protocol: ws}, c: {}}
        channels:
          /: {address: /, messages: {}, servers: [b, 1, a], publih: {}}
        operations: {}
        """,
      problems: [
        "api.yml:3:15: warning: 'host' is of AsyncAPI 3; in 2.x it is part of 'url'",
        "api.yml:3:42: error: a server needs 'url'",
        "api.yml:5:7: warning: 'address' of a channel is of AsyncAPI 3 and says nothing in 2.x",
        "api.yml:5:19: warning: 'messages' of a channel is of AsyncAPI 3 and says nothing in 2.x",
        "api.yml:5:43: error: there is no server 'b'; did you mean 'a'?",
        "api.yml:5:46: error: a server of a channel must be a name, found 1",
        "api.yml:5:53: warning: a channel has no 'publih'; did you mean 'publish'?",
        "api.yml:6:1: error: 'operations' is of AsyncAPI 3; in 2.x they are 'publish' and 'subscribe' of a channel",
      ]
    ),
    Example(
      why: "messages",
      text: """
        asyncapi: 2.6.0
        info: {title: T, version: '1'}
        channels:
          a: {publish: {}}
          b: {publish: {message: 1}, subscribe: []}
          c: {publish: {message: {oneOf: {}}, operationid: x}}
          d: {publish: {message: {schemaFormat: 'application/raml+yaml;version=1.0', payload: {}}}}
          e: {publish: {traits: [1], message: {traits: {}}}}
        """,
      problems: [
        "api.yml:4:7: warning: the operation 'a.publish' has no message, so it says nothing",
        "api.yml:5:7: warning: the operation 'b.publish' has no message, so it says nothing",
        "api.yml:5:26: error: a message must be a mapping, found 1",
        "api.yml:5:41: error: an operation must be a mapping, found a list",
        "api.yml:6:7: warning: the operation 'c.publish' has no message, so it says nothing",
        "api.yml:6:34: error: 'oneOf' must be a list, found a mapping",
        "api.yml:6:39: warning: an operation has no 'operationid'; did you mean 'operationId'?",
        "api.yml:7:41: error: the payload of 'd.publish' is described in 'application/raml+yaml;version=1.0', which cannot be checked; expected 'application/vnd.aai.asyncapi;version=3.0.0' or 'application/schema+json;version=draft-07'",
        "api.yml:8:26: error: a trait must be a mapping, found 1",
        "api.yml:8:48: error: 'traits' must be a list, found a mapping",
      ]
    ),
  ]

  @Test(arguments: version3 + sequences + messages + version2)
  func `what a document means but does not say right is told with its place`(example: Example) {
    #expect(Documents.problems(in: example.text) == example.problems)
  }

  /// What other parts of the program say about texts and schemas; only the places are fixed here.
  static let places = [
    Example(
      why: "YAML that is none",
      text: "asyncapi: 3.0.0\ninfo: {title: T\n",
      problems: ["3:1"]
    ),
    Example(
      why: "JSON that is none",
      text: #"{"asyncapi": "3.0.0" "info": 1}"#,
      problems: ["1:22"]
    ),
    Example(
      why: "schemas that are wrong",
      text: head + """
        channels:
          c:
            messages:
              a: {payload: {type: strin, properties: {x: {pattern: '('}}}}
              b: {payload: {$ref: '#/components/schemas/s'}}
              d: {payload: {$ref: '#/components/schemas/s'}}
        components: {schemas: {s: {minLength: x, not: {$ref: '#/components/schemas/t'}}}}
        """,
      problems: ["6:27", "6:60", "9:39", "9:54"]
    ),
  ]

  @Test(arguments: places)
  func `problems of texts and schemas are located, each once`(example: Example) {
    let file = example.text.hasPrefix("{") ? "api.json" : "api.yml"
    let problems = Documents.problems(in: example.text, file: file)
    #expect(
      problems.map { String($0.prefix { $0 != " " }) }
        == example.problems.map { "\(file):\($0):" }
    )
    #expect(problems.allSatisfy { $0.contains(": error: ") })
  }
}
