import Testing

@testable import Pact

/// Well-formedness, names and texts, as XML 1.0 and Namespaces in XML 1.0 have them.
struct XMLReaderTests {
  struct Refusal: CustomTestStringConvertible {
    let text: String
    let place: String
    let words: String
    var testDescription: String { text.count < 60 ? text : "\(text.prefix(57))..." }

    init(_ text: String, _ place: String, _ words: String) {
      self.text = text
      self.place = place
      self.words = words
    }
  }

  static let refusals = [
    Refusal("", "1:1", "no element was found"),
    Refusal("  \n ", "2:2", "no element was found"),
    Refusal("text", "1:1", "found 't', expected an element"),
    Refusal("<a>", "1:4", "the text ends inside <a>"),
    Refusal("<a>\n  <b></a>", "2:8", "found </a>, expected </b>"),
    Refusal("<a/><b/>", "1:5", "something follows the root element"),
    Refusal("<a/>x", "1:5", "something follows the root element"),
    Refusal("< a/>", "1:2", "found ' ', expected an element's name"),
    Refusal("<1/>", "1:2", "found '1', expected an element's name"),
    Refusal("<a/ >", "1:3", "found '/', expected '>' or '/>'"),
    Refusal("<a b/>", "1:5", "found '/', expected '='"),
    Refusal("<a b=1/>", "1:6", "found '1', expected a value in quotes"),
    Refusal("<a b='1'c='2'/>", "1:9", "found 'c', expected '>' or '/>'"),
    Refusal("<a b='1' b='2'/>", "1:10", "the attribute 'b' stands here a second time"),
    Refusal("<a b='<'/>", "1:7", "found '<', expected '&lt;' in a value"),
    Refusal("<a b='1", "1:6", "the text ends inside quotes"),
    Refusal("<é>ü&x;</é>", "1:5", "the entity 'x' is none of lt, gt, amp, apos, quot"),
    Refusal("<a>1 & 2</a>", "1:7", "found ' ', expected the name of an entity, or '&amp;'"),
    Refusal("<a>&lt</a>", "1:7", "found '<', expected ';'"),
    Refusal("<a>&#0;</a>", "1:4", "'&#0;' names no character"),
    Refusal("<a>&#xD800;</a>", "1:4", "'&#xD800;' names no character"),
    Refusal("<a>&#x110000;</a>", "1:4", "'&#x110000;' names no character"),
    Refusal("<a>&#99999999999999999999;</a>", "1:4", "names no character"),
    Refusal("<a>&#;</a>", "1:6", "found ';', expected digits"),
    Refusal("<a>]]></a>", "1:4", "found ']]>' in text"),
    Refusal("<a><![CDATA[x]]</a>", "1:4", "the text ends inside a CDATA section"),
    Refusal("<a><!-- -- --></a>", "1:9", "expected no '--' in a comment"),
    Refusal("<a><!--", "1:4", "the text ends inside a comment"),
    Refusal("<a><?xml x?></a>", "1:4", "found <?xml, expected another target"),
    Refusal("<a><?p", "1:7", "expected '?>'"),
    Refusal(" <?xml version='1.0'?><a/>", "1:2", "found <?xml, expected another target"),
    Refusal("<?xml version='2.0'?><a/>", "1:20", "found version '2.0', expected version '1.0'"),
    Refusal("<?xml encoding='UTF-8'?><a/>", "1:7", "found 'e', expected 'version'"),
    Refusal("<?xml version='1.0' standalone='maybe'?><a/>", "1:39", "expected 'yes' or 'no'"),
    Refusal("<p:a/>", "1:2", "the prefix 'p' is not declared"),
    Refusal("<a p:b='1'/>", "1:4", "the prefix 'p' is not declared"),
    Refusal("<a><b xmlns:p='u'/><p:c/></a>", "1:21", "the prefix 'p' is not declared"),
    Refusal("<a:b:c/>", "1:5", "found ':', expected a name with one colon"),
    Refusal("<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>", "1:36", "a second time"),
    Refusal("<a xmlns:p=''/>", "1:4", "an empty namespace as 'p' must not be declared"),
    Refusal("<a xmlns:xmlns='u'/>", "1:4", "the prefix 'xmlns' must not be declared"),
    Refusal("<a xmlns:xml='u'/>", "1:4", "'u' as 'xml' must not be declared"),
    Refusal("<a>\u{1}</a>", "1:4", "XML does not allow the character U+0001"),
    Refusal("<a>\u{FFFF}</a>", "1:4", "XML does not allow the character U+FFFF"),
    Refusal("<!DOCTYPE a [<!ENTITY e \"v\">]><a>&e;</a>", "1:34", "the entity 'e' is none of"),
    Refusal("<!DOCTYPE a [", "1:1", "the text ends inside the document type declaration"),
    Refusal("<a/><!DOCTYPE a>", "1:5", "something follows the root element"),
    Refusal("<!DOCTYPE a><!DOCTYPE a><a/>", "1:14", "found '!', expected an element's name"),
  ]

  @Test(arguments: refusals)
  func `what is not well-formed is refused with its place`(refusal: Refusal) throws {
    let error = try #require(throws: XMLSyntaxError.self) { try XMLTree(parsing: refusal.text) }
    #expect("\(error.line):\(error.column)" == refusal.place)
    #expect(error.description.contains(refusal.words), "\(error)")
  }

  @Test func `bytes that are not UTF-8 are refused`() throws {
    let error = try #require(throws: XMLSyntaxError.self) {
      try XMLTree(parsing: Array("<a>".utf8) + [0xC3, 0x28] + Array("</a>".utf8))
    }
    #expect(error.reason == .invalidUTF8)
    #expect(error.byteOffset == 3)
  }

  @Test func `elements may be in each other to a limit`() throws {
    let limit = XMLReader.maximumDepth
    func nested(_ count: Int) -> String {
      String(repeating: "<a>", count: count) + String(repeating: "</a>", count: count)
    }
    _ = try XMLTree(parsing: nested(limit))
    let error = try #require(throws: XMLSyntaxError.self) {
      try XMLTree(parsing: nested(limit + 1))
    }
    #expect(error.reason == .nesting(limit: limit))
    // Far more of them end in the same way, without a crash.
    let deep = String(repeating: "<a>", count: 200_000)
    #expect(throws: XMLSyntaxError.self) { try XMLTree(parsing: deep) }
  }

  struct Text: CustomTestStringConvertible {
    let source: String
    let text: String
    let children: Int
    var testDescription: String { source.debugDescription }

    init(_ source: String, _ text: String, _ children: Int) {
      self.source = source
      self.text = text
      self.children = children
    }
  }

  static let texts = [
    Text("<a/>", "", 0),
    Text("<a> x </a>", "x", 1),
    Text("<a>x &amp; y</a>", "x&y", 3),
    Text("<a>&#65;&#x42;&lt;&gt;&quot;&apos;</a>", "AB<>\"'", 6),
    Text("<a>x<!-- c -->y<?p i?></a>", "xy", 4),
    Text("<a><![CDATA[<&]]>z</a>", "<&z", 2),
    Text("<a><![CDATA[]]></a>", "", 1),
    Text("<a>1\r\n2\r3\n4</a>", "1\n2\n3\n4", 1),
    Text("<a>1<b>2</b>3</a>", "13", 3),
    Text("<a>\u{2003}x\u{A0}</a>", "x", 1),
    Text("\u{FEFF}<?xml version=\"1.0\" encoding='UTF-8' standalone=\"no\" ?>\n<a>é</a>", "é", 1),
    Text("<!-- x --><?p q?><!DOCTYPE a SYSTEM \"a>b\" [<!-- ]> -->]> <a>1</a> ", "1", 1),
    Text("<!DOCTYPE a [<!ELEMENT a ANY><!ENTITY e \"<]>\">]><a>1</a>", "1", 1),
    Text("<?xml version='1.0' standalone='yes'?><a>1</a>", "1", 1),
    Text("<?xml version='1.1' encoding='latin-1'  standalone='no'?><a>1</a>", "1", 1),
    Text("<a ></a >", "", 0),
  ]

  @Test(arguments: texts)
  func `texts are joined without the white space around each run`(sample: Text) throws {
    let tree = try XMLTree(parsing: sample.source)
    #expect(tree.root.text == sample.text)
    #expect(tree.root.children.count == sample.children)
  }

  @Test func `white space in values is normalised, references are not`() throws {
    let tree = try XMLTree(parsing: "<a x='1\t2\r\n3&#10;4 ' y=\"'&quot;&amp;\"/>")
    #expect(tree.root.attributes.map(\.value) == ["1 2 3\n4 ", "'\"&"])
  }

  @Test func `prefixes stand for the namespace that is declared around them`() throws {
    let tree = try XMLTree(
      parsing: """
        <p:a xmlns:p="one" xmlns="two" x="1" p:y="2" xml:lang="en">\
        <b xmlns:p="three" xmlns=""><p:c/><d/></b><e/></p:a>
        """
    )
    #expect(tree.root.name.expanded == "one:a")
    #expect(
      tree.root.attributes.map(\.name.expanded)
        == ["x", "one:y", "http://www.w3.org/XML/1998/namespace:lang"]
    )
    let inner = try #require(tree.root.elements.first)
    #expect(inner.name.expanded == "b")
    #expect(inner.elements.map(\.name.expanded) == ["three:c", "d"])
    #expect(tree.root.elements.last?.name.expanded == "two:e")
  }

  @Test func `a document is shown with an element a line`() throws {
    let tree = try XMLTree(
      parsing:
        "<list xmlns='urn:l' n=\"&lt;1&gt;\"><item>a &amp; b</item><x:y xmlns:x='u'/>z</list>"
    )
    #expect(
      tree.lines == [
        "<list xmlns=\"urn:l\" n=\"&lt;1&gt;\">", "  z", "  <item>a&amp;b</item>",
        "  <x:y xmlns:x=\"u\"/>", "</list>",
      ]
    )
  }
}
