/// Texts at the edges of each format, on both sides; the validator says which are right.
enum FormatSamples {
  /// The samples of a format; none for an unknown one.
  static func texts(of format: String) -> [String] { samples[format] ?? [] }

  private static let samples: [String: [String]] = [
    "date": [
      "2000-02-29", "1900-02-29", "2024-02-29", "2023-02-29", "0000-01-01", "9999-12-31",
      "2024-13-01", "2024-00-10", "2024-04-31", "2024-1-1", "24-01-01", "2024/01/01",
      "2024-01-01T00:00:00Z", "\u{0662}024-01-01",
    ],
    "time": [
      "00:00:00Z", "23:59:59Z", "23:59:60Z", "24:00:00Z", "12:60:00Z", "12:00:00",
      "12:00:00+14:00", "12:00:00-23:59", "12:00:00+24:00", "12:00:00.5Z", "12:00:00.Z",
      "12:00:00z", "12:00Z",
    ],
    "date-time": [
      "1970-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "2016-12-31T23:59:60Z",
      "2016-12-31T15:59:60-08:00", "2017-01-01T00:00:60Z", "2000-02-29T12:00:00+14:00",
      "2001-02-29T12:00:00Z", "2024-01-01T12:00:00", "2024-01-01 12:00:00Z",
      "2024-01-01t12:00:00z", "2024-01-01T24:00:00Z", "2024-01-01T12:00:00+0100", "2024-01-01",
    ],
    "duration": [
      "P1D", "PT0S", "P1Y2M3DT4H5M6S", "P4W", "P", "PT", "P1W1D", "P1Y1D", "PT1D", "P1H", "1D",
      "P-1D", "PT1.5S",
    ],
    "email": [
      "a@b.example", "a.b+c@example.com", "\"a b\"@example.com", "a@[127.0.0.1]", "a", "@b", "a@",
      ".a@example.com", "a.@example.com", "a..b@example.com", "a@b@c", "a@-b.example",
    ],
    "idn-email": ["실례@실례.테스트", "a@b.example", "2962"],
    "hostname": [
      "a", "example.com", "a-b.example", "-a.example", "a-.example", "a_b.example",
      "a..example", "example.", "xn--X", "127.0.0.1", "",
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example",
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example",
    ],
    "idn-hostname": ["실례.테스트", "〮실례.테스트", "-a", "example"],
    "ipv4": [
      "0.0.0.0", "255.255.255.255", "256.0.0.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.4 ",
      "0x7f.0.0.1", "127.1", "1.2.3.-4",
    ],
    "ipv6": [
      "::", "::1", "1:2:3:4:5:6:7:8", "1::8", "::ffff:192.0.2.1", "1:2:3:4:5:6:7:8:9", "1:2", ":::",
      "1::2::3", "12345::", "::g", "fe80::1%eth0", "::1/64",
    ],
    "uri": [
      "http://example.com", "https://a@[::1]:8080/b?c#d", "urn:a:b", "mailto:a@b.example", "a",
      "//a/b", "http://a b", "http://a/%zz", "http://[::1", "\\\\a", "http://é.example", ":a",
    ],
    "uri-reference": ["", "/a", "#b", "?c", "../d", "//e/f", "\\\\a", "a b", "#\\"],
    "iri": ["http://é.example/ü", "http://example.com", "é", "http://a b"],
    "iri-reference": ["", "/é", "#ü", "\\\\a"],
    "uri-template": ["/a/{b}", "{?c,d}", "{/e*}", "{f:3}", "/a/{b", "/a/b}", "{}", "{!x}"],
    "uuid": [
      "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
      "2EB8AA08-AA98-11EA-B4AA-73B441D16380", "2eb8aa08aa9811eab4aa73b441d16380",
      "2eb8aa08-aa98-11ea-b4aa-73b441d1638", "2eb8aa08-aa98-11ea-b4ga-73b441d16380",
      "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}", "2eb8-aa08-aa98-11ea-b4aa73b44-1d16380",
    ],
    "json-pointer": ["", "/", "/a~0b", "/a~1b", "/é", "a", "/a~", "/a~2", "#/a", "//"],
    "relative-json-pointer": ["0", "1/a", "2#", "01", "-1", "0##", "/a", "", "+1/a"],
    "regex": [
      "", "^a$", "[", "(", "a**", "\\d", "\\a", "(?<n>a)\\k<n>", "(?P<n>a)", "\\p{L}", "{",
    ],
  ]
}
