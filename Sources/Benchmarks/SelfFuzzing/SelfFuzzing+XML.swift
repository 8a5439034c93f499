import Contract
import Pact

extension SelfFuzzing {
  /// Damaged documents for the XML reader and the comparison of XML bodies.
  static let documents = Target(
    name: "XML",
    texts: [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a b=\"1\" c='&lt;'><d>x &amp; y</d><d/>z</a>",
      "<p:a xmlns:p=\"urn:p\" xmlns=\"urn:d\" p:b=\"1\"><c xmlns=\"\" xml:lang=\"en\"/><p:d/></p:a>",
      "<!DOCTYPE a [<!ENTITY e \"v\"><!-- ] -->]><!-- c --><?p q?><a>&#65;&#x1F600;</a> ",
      "<a><![CDATA[<x>]]]]><![CDATA[>]]>1\r\n2\u{E9}\u{1F600}</a>", "<a><a><a><a/></a></a></a>",
    ],
    tokens: [
      "<", ">", "</", "/>", "<a>", "</a>", "<a ", "=", "\"", "'", "&", ";", "&amp;", "&#", "&#x41;",
      "&#xD800;", "<!--", "-->", "--", "<![CDATA[", "]]>", "]", "<?", "?>", "<?xml ", "<!DOCTYPE a",
      "[", "<!ENTITY e \"&e;&e;\">", "&e;", "xmlns", "xmlns:p=\"u\" ", "xmlns=\"\" ", "p:", ":",
      "xml:", " ", "\r", "\n", "\u{0}", "\u{FFFE}", "\u{FEFF}", "\u{E9}", "b=\"1\" ", "version=",
    ]
  ) { text in
    do {
      let lines = try XMLTree(parsing: text).lines
      guard (try? XMLTree(parsing: lines.joined(separator: "\n"))) != nil else {
        return (true, "as it is shown it is not well-formed")
      }
      for other in matchers {
        _ = other.mismatches(with: ReceivedMessage(bytes: text, isText: true))
      }
      let message = InteractionMessage(
        contents: .text(String(decoding: text, as: UTF8.self), contentType: "application/xml")
      )
      let found = MessageMatcher(message, allowsUnexpectedMembers: false).mismatches(
        with: ReceivedMessage(bytes: text, isText: true)
      )
      return (true, found.first.map { "it differs from itself: \($0)" })
    } catch {
      let isInside = (error as? XMLSyntaxError).map { (0...text.count).contains($0.byteOffset) }
      return (false, isInside == true && !"\(error)".isEmpty ? nil : "the place is outside")
    }
  }

  private static let matchers = [
    "$", "$.a", "$.a.*", "$.a.d[0]['#text']", "$['urn:p:a']['@urn:p:b']",
  ].map { path in
    MessageMatcher(
      InteractionMessage(
        contents: .text(
          "<a b=\"1\"><d>x</d><d/><a><a/></a></a>",
          contentType: "application/xml"
        ),
        matchingRules: MatchingRules(
          body: [MatchingRules.Entry(path: path, matchers: [.type(minimum: nil, maximum: 2)])]
        )
      )
    )
  }
}
