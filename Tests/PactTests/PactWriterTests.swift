import Contract
import JSON
import JSONSchema
import TestSupport
import Testing

@testable import Pact

struct PactWriterTests {
  /// A contract with everything in it, in the layout that is written.
  static let whole = #"""
    {
      "consumer": {
        "name": "front",
        "team": "web"
      },
      "extra": [
        1
      ],
      "interactions": [
        {
          "comments": {
            "testname": "a test",
            "wspact": {
              "audience": "all",
              "closeCode": 4401,
              "connection": {
                "headers": [
                  {
                    "name": "X-Client",
                    "value": "web"
                  }
                ],
                "path": "/ws",
                "query": [
                  {
                    "name": "room",
                    "value": "a b"
                  }
                ],
                "subprotocol": "chat.v1"
              },
              "frames": "binary",
              "responses": [
                {
                  "max": 5,
                  "message": "pushed",
                  "min": 2
                }
              ],
              "trigger": "connect"
            }
          },
          "contents": {
            "content": "AQI=",
            "contentType": "application/octet-stream",
            "contentTypeHint": "BINARY",
            "encoded": "base64"
          },
          "description": "a push",
          "key": "k1",
          "matchingRules": {
            "body": {
              "$": {
                "combine": "AND",
                "matchers": [
                  {
                    "match": "contentType",
                    "value": "image/png"
                  }
                ]
              }
            },
            "header": {
              "x": {}
            }
          },
          "metadata": {
            "contentType": "application/octet-stream"
          },
          "pending": true,
          "type": "Asynchronous/Messages"
        },
        {
          "description": "an HTTP call",
          "request": {
            "method": "GET",
            "path": "/"
          },
          "response": {
            "status": 200
          },
          "type": "Synchronous/HTTP"
        },
        {
          "comments": {
            "wspact": {
              "budgetMilliseconds": 100,
              "conversation": {
                "name": "main",
                "position": 2
              },
              "correlation": {
                "request": "/id",
                "response": "/ref"
              },
              "identity": "/type",
              "repliesInAnyOrder": true,
              "request": "ask",
              "responses": [
                {
                  "message": "answer"
                },
                {
                  "max": null,
                  "message": "more",
                  "min": 0
                }
              ],
              "reuses": [
                {
                  "from": "/token",
                  "interaction": "a push",
                  "request": "/token",
                  "response": 0
                }
              ],
              "silenceMilliseconds": 50,
              "trigger": {
                "interaction": "a push"
              }
            }
          },
          "description": "an exchange",
          "interactionMarkup": {
            "markup": "# hi",
            "markupType": "COMMON_MARK"
          },
          "pending": false,
          "providerStates": [
            {
              "name": "a state",
              "params": {
                "count": 2
              }
            },
            {
              "name": "another"
            }
          ],
          "request": {
            "contents": {
              "content": {
                "zebra": 1,
                "id": 1,
                "type": "ask"
              },
              "contentType": "application/json",
              "encoded": false
            },
            "generators": {
              "body": {
                "$.id": {
                  "type": "RandomInt"
                }
              }
            }
          },
          "response": [
            {
              "contents": {
                "content": {
                  "ref": 1,
                  "list": [
                    1.0
                  ]
                },
                "contentType": "application/json",
                "encoded": false
              },
              "matchingRules": {
                "body": {
                  "$.list": {
                    "combine": "OR",
                    "matchers": [
                      {
                        "match": "arrayContains",
                        "variants": [
                          {
                            "index": 0,
                            "rules": {
                              "$": {
                                "combine": "AND",
                                "matchers": [
                                  {
                                    "match": "decimal"
                                  }
                                ]
                              }
                            }
                          }
                        ]
                      },
                      {
                        "match": "eachValue",
                        "rules": [
                          {
                            "match": "type",
                            "max": 3,
                            "min": 1
                          }
                        ],
                        "value": "x"
                      },
                      {
                        "format": "yyyy",
                        "match": "date"
                      },
                      {
                        "match": "own",
                        "option": 1
                      }
                    ]
                  }
                }
              }
            },
            {
              "contents": {
                "content": "bye",
                "contentType": "text/plain",
                "encoded": false
              },
              "note": "kept"
            }
          ],
          "transport": "ws",
          "type": "Synchronous/Messages"
        }
      ],
      "metadata": {
        "pactRust": {
          "models": "1.3"
        },
        "pactSpecification": {
          "version": "4.0"
        }
      },
      "provider": {
        "name": "chat"
      }
    }

    """#

  @Test func `a contract is rewritten byte for byte, unknown members included`() throws {
    let bytes = Array(Self.whole.utf8)
    let read = try PactFile.read(bytes, file: "c.json")
    #expect(String(decoding: read.pact.bytes, as: UTF8.self) == Self.whole)
  }

  @Test func `members are sorted but in contents, interactions go by description`() throws {
    let text = """
      {"provider": {"name": "p"}, "interactions": [
        {"type": "Asynchronous/Messages", "description": "b",
         "contents": {"encoded": false, "contentType": "application/json", "content": {"z": 1, "a": 2}}},
        {"type": "Asynchronous/Messages", "description": "a"}
      ], "metadata": {"pactSpecification": {"version": "4.0"}}, "consumer": {"name": "c"}}
      """
    let value = try PactFile.read(Array(text.utf8), file: "c.json").pact.jsonValue
    #expect(value.objectValue?.names == ["consumer", "interactions", "metadata", "provider"])
    let interactions = value["interactions"]?.arrayValue ?? []
    #expect(interactions.compactMap { $0["description"]?.stringValue } == ["a", "b"])
    #expect(interactions.allSatisfy { $0["pending"] == false })
    #expect(interactions[1]["contents"]?["content"]?.objectValue?.names == ["z", "a"])
  }

  @Test func `facts are as their published schema says`() throws {
    let path = "schemas/wspact-comments.schema.json"
    let schema = try SchemaCompiler().compile(try JSONValue.parse(Fixtures.bytes(path)))
    let pact = try JSONValue.parse(Self.whole)
    let facts = (pact["interactions"]?.arrayValue ?? []).compactMap { $0["comments"]?["wspact"] }
    #expect(facts.count == 2)
    for fact in facts { #expect(schema.violations(in: fact) == []) }
    let known = try JSONValue.parse(Fixtures.bytes(path))["properties"]?.objectValue?.names ?? []
    #expect(known == FactsReader.members)
    #expect(!schema.isValid(["trigers": "connect"]))
  }

  @Test func `the portable layout has one response an exchange`() throws {
    let pact = try PactFile.read(Array(Self.whole.utf8), file: "c.json").pact.portable
    #expect(
      pact.interactions.map(\.description)
        == ["a push", "an exchange", "an exchange, message 2 of 2 (more)"]
    )
    #expect(pact.interactions.allSatisfy { $0.providerMessages.count == 1 })
    let further = pact.interactions[2]
    #expect(further.facts.trigger == .interaction("an exchange"))
    #expect(further.facts.responses == [ResponseFacts(message: "more", minimum: 0, maximum: nil)])
    // It can be read again.
    let again = try PactFile.read(pact.bytes, file: "c.json")
    #expect(again.pact.bytes == pact.bytes)
  }

  @Test func `rules that stand twice on a path are joined`() {
    let entries = [
      MatchingRules.Entry(path: "$.a", matchers: [.integer]),
      MatchingRules.Entry(path: "$.a", matchers: [.notEmpty]),
    ]
    #expect(entries.jsonObject["$.a"]?["matchers"]?.arrayValue?.count == 2)
  }
}
