import JSON
import JSONSchema
import Testing

/// Schemas that generators are known to stumble over.
struct NastySchema: CustomTestStringConvertible, Sendable {
  var name: String
  var text: String
  var testDescription: String { name }

  init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }

  func compiled() throws -> CompiledSchema {
    try SchemaCompiler().compile(try JSONValue.parse(text))
  }

  static let all = [
    NastySchema("anything", "true"),
    NastySchema("an empty schema", "{}"),
    NastySchema(
      "prefixItems with items: false",
      #"{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"items":false}"#
    ),
    NastySchema(
      "prefixItems with items: false and minItems",
      #"{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"items":false,"minItems":2}"#
    ),
    NastySchema(
      "prefixItems that ends in false",
      #"{"type":"array","prefixItems":[{"type":"null"},false,{"type":"string"}]}"#
    ),
    NastySchema(
      "dependentRequired",
      #"{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string"},"c":{}},"dependentRequired":{"a":["b"],"b":["c"]},"additionalProperties":false}"#
    ),
    NastySchema(
      "dependentRequired in a circle with maxProperties",
      #"{"type":"object","properties":{"a":{},"b":{},"c":{}},"dependentRequired":{"a":["b"],"b":["a"]},"maxProperties":2,"minProperties":1,"additionalProperties":false}"#
    ),
    NastySchema(
      "dependentSchemas",
      #"{"type":"object","properties":{"card":{"type":"string"},"address":{"type":"string"}},"dependentSchemas":{"card":{"required":["address"],"properties":{"card":{"minLength":3}}}}}"#
    ),
    NastySchema(
      "unevaluatedProperties with allOf",
      #"{"allOf":[{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]},{"properties":{"b":{"type":"string"}}}],"properties":{"c":{}},"unevaluatedProperties":false}"#
    ),
    NastySchema(
      "unevaluatedProperties with anyOf and if",
      #"{"type":"object","anyOf":[{"properties":{"a":{"const":1}},"required":["a"]},{"properties":{"b":{"const":2}},"required":["b"]}],"if":{"required":["x"]},"then":{"properties":{"x":{"type":"null"}}},"else":{"properties":{"y":{}}},"unevaluatedProperties":{"type":"boolean"}}"#
    ),
    NastySchema(
      "unevaluatedItems with contains",
      #"{"type":"array","prefixItems":[{"type":"boolean"}],"contains":{"type":"string"},"minContains":2,"unevaluatedItems":{"type":"integer"}}"#
    ),
    NastySchema(
      "unevaluatedItems: false",
      #"{"allOf":[{"prefixItems":[{"type":"integer"}]}],"type":"array","minItems":1,"unevaluatedItems":false}"#
    ),
    NastySchema(
      "contains within a tuple",
      #"{"type":"array","prefixItems":[{"type":"string"},{},{}],"items":false,"contains":{"const":7}}"#
    ),
    NastySchema(
      "contains with minContains and maxContains",
      #"{"type":"array","items":{"type":"integer"},"contains":{"minimum":100},"minContains":2,"maxContains":3,"maxItems":8}"#
    ),
    NastySchema(
      "contains with minContains 0",
      #"{"type":"array","contains":{"const":1},"minContains":0}"#
    ),
    NastySchema(
      "patterns that are rarely met together",
      #"{"type":"string","allOf":[{"pattern":"^[a-z]+@"},{"minLength":8,"maxLength":12},{"pattern":"\\.com$"},{"pattern":"\\d{2}"}]}"#
    ),
    NastySchema(
      "a pattern and another that must not occur",
      #"{"type":"string","pattern":"^[ab]{12,}$","not":{"pattern":"aa|bb|^b"},"maxLength":40}"#
    ),
    NastySchema(
      "uniqueItems with a small enum",
      #"{"type":"array","items":{"enum":[1,2,3,"a"]},"uniqueItems":true,"minItems":2}"#
    ),
    NastySchema(
      "recursion",
      ##"{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#"}},"value":{"type":"number"}},"required":["value","children"],"additionalProperties":false}"##
    ),
    NastySchema(
      "mutual recursion by anyOf",
      ##"{"$defs":{"expr":{"anyOf":[{"type":"integer"},{"$ref":"#/$defs/sum"}]},"sum":{"type":"object","required":["left","right"],"properties":{"left":{"$ref":"#/$defs/expr"},"right":{"$ref":"#/$defs/expr"}},"additionalProperties":false}},"$ref":"#/$defs/expr"}"##
    ),
    NastySchema(
      "$dynamicRef",
      ##"{"$id":"https://example.com/strict-tree","$dynamicAnchor":"node","$ref":"tree","unevaluatedProperties":false,"$defs":{"tree":{"$id":"https://example.com/tree","$dynamicAnchor":"node","type":"object","properties":{"data":{"type":"integer"},"children":{"type":"array","items":{"$dynamicRef":"#node"}}},"required":["data"]}}}"##
    ),
    NastySchema("a pattern", #"{"type":"string","pattern":"^[A-Z]{2,4}-[0-9]{3}(?:-(?:a|bc))?$"}"#),
    NastySchema(
      "a pattern with lengths",
      #"{"type":"string","pattern":"^[a-z]+(?: [a-z]+)*$","minLength":12,"maxLength":20}"#
    ),
    NastySchema("an open pattern", #"{"type":"string","pattern":"\\d{3}","maxLength":6}"#),
    NastySchema("a pattern of letters", #"{"type":"string","pattern":"^\\p{L}{2,5}$"}"#),
    NastySchema(
      "a pattern with look-ahead",
      #"{"type":"string","pattern":"^(?=.*[0-9])[a-z0-9]{4,8}$"}"#
    ),
    NastySchema("a pattern with a backreference", #"{"type":"string","pattern":"^(a|b)x\\1$"}"#),
    NastySchema(
      "two patterns",
      #"{"type":"string","allOf":[{"pattern":"^[a-z]"},{"pattern":"[0-9]$"}],"maxLength":10}"#
    ),
    NastySchema(
      "multipleOf 0.01",
      #"{"type":"number","multipleOf":0.01,"minimum":0.005,"maximum":1.005}"#
    ),
    NastySchema(
      "several multipleOf",
      #"{"allOf":[{"multipleOf":0.4},{"multipleOf":0.3},{"type":"integer"}],"exclusiveMinimum":0,"maximum":100}"#
    ),
    NastySchema(
      "a narrow range",
      #"{"type":"number","exclusiveMinimum":1,"exclusiveMaximum":1.0000001}"#
    ),
    NastySchema("a huge range", #"{"type":"integer","minimum":1e30,"maximum":2e30}"#),
    NastySchema("beyond 2^63", #"{"type":"integer","minimum":9223372036854775807}"#),
    NastySchema("numbers that are not whole", #"{"type":"number","not":{"type":"integer"}}"#),
    NastySchema(
      "allOf intersections",
      #"{"allOf":[{"type":["string","integer"],"minimum":3},{"type":["integer","null"],"maximum":5},{"not":{"const":4}}]}"#
    ),
    NastySchema(
      "oneOf without a tag",
      #"{"oneOf":[{"type":"object","properties":{"a":{"type":"integer"}}},{"type":"object","required":["b"]}]}"#
    ),
    NastySchema(
      "oneOf with tags",
      #"{"oneOf":[{"type":"object","required":["type","n"],"properties":{"type":{"const":"a"},"n":{"type":"integer"}},"additionalProperties":false},{"type":"object","required":["type"],"properties":{"type":{"enum":["b","c"]},"s":{"type":"string"}},"additionalProperties":false}]}"#
    ),
    NastySchema(
      "oneOf of numbers",
      #"{"oneOf":[{"type":"integer"},{"type":"number","minimum":2}]}"#
    ),
    NastySchema(
      "if, then, else",
      #"{"type":"object","properties":{"country":{"enum":["us","nl"]},"zip":{"type":"string"}},"required":["country","zip"],"if":{"properties":{"country":{"const":"us"}}},"then":{"properties":{"zip":{"pattern":"^[0-9]{5}$"}}},"else":{"properties":{"zip":{"pattern":"^[0-9]{4} [A-Z]{2}$"}}}}"#
    ),
    NastySchema(
      "not with required",
      #"{"type":"object","properties":{"a":{},"b":{}},"not":{"required":["a","b"]}}"#
    ),
    NastySchema(
      "patternProperties",
      #"{"type":"object","patternProperties":{"^x-":{"type":"integer"},"^[a-z]{2}$":{"type":"string"}},"additionalProperties":false,"minProperties":2}"#
    ),
    NastySchema(
      "propertyNames",
      #"{"type":"object","propertyNames":{"pattern":"^[a-f]{1,3}$"},"additionalProperties":{"type":"integer"},"minProperties":1,"maxProperties":4}"#
    ),
    NastySchema(
      "an enum narrowed by other keywords",
      #"{"enum":[1,"two",3,null,{"a":1}],"type":["integer","object"],"minimum":2}"#
    ),
    NastySchema(
      "formats",
      #"{"type":"object","required":["a","b","c","d","e","f","g","h","i","j"],"properties":{"a":{"format":"uuid","type":"string"},"b":{"format":"date-time","type":"string"},"c":{"format":"email","type":"string"},"d":{"format":"uri","type":"string"},"e":{"format":"hostname","type":"string"},"f":{"format":"ipv4","type":"string"},"g":{"format":"ipv6","type":"string"},"h":{"format":"json-pointer","type":"string"},"i":{"format":"regex","type":"string"},"j":{"format":"duration","type":"string"}}}"#
    ),
    NastySchema(
      "a format with a length",
      #"{"type":"string","format":"email","maxLength":30,"minLength":20}"#
    ),
    NastySchema(
      "examples and defaults",
      #"{"type":"object","properties":{"name":{"type":"string","examples":["Ada","Grace",7]},"port":{"type":"integer","default":80,"minimum":1}},"required":["name","port"]}"#
    ),
    NastySchema(
      "draft 7 tuples",
      #"{"$schema":"http://json-schema.org/draft-07/schema#","type":"array","items":[{"type":"integer"},{"type":"string"}],"additionalItems":{"type":"null"},"minItems":1}"#
    ),
    NastySchema(
      "draft 7 dependencies",
      #"{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"a":{},"b":{}},"dependencies":{"a":["b"],"b":{"required":["c"]}}}"#
    ),
    NastySchema(
      "draft 4 bounds",
      #"{"$schema":"http://json-schema.org/draft-04/schema#","type":"integer","minimum":3,"exclusiveMinimum":true,"maximum":5}"#
    ),
  ]
}
