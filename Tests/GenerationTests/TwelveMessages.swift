/// A schema as a service has it: twelve kinds of messages, told apart by `type`.
///
/// Values of it are about 300 bytes long. Its assertions are in places of every kind: identifiers,
/// texts with patterns, formats, lengths and lists, numbers with bounds and steps, arrays, nested
/// and optional objects, maps, alternatives within a message, and shared definitions.
enum TwelveMessages {
  static let text =
    """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "oneOf": [\(kinds.map { "{\"$ref\": \"#/$defs/\($0)\"}" }.joined(separator: ", "))],
      "$defs": {
        \(shared),
        \(kinds.map { "\"\($0)\": \(message($0))" }.joined(separator: ",\n    "))
      }
    }
    """

  static let kinds = bodies.map(\.kind)

  /// What all messages have, and what one kind has besides.
  private static func message(_ kind: String) -> String {
    let body = bodies.first { $0.kind == kind }
    let required = (["type", "id", "sent"] + (body?.required ?? [])).map { "\"\($0)\"" }
    return """
      {
        "type": "object",
        "required": [\(required.joined(separator: ", "))],
        "properties": {
          "type": {"const": "\(kind)"},
          "id": {"type": "string", "format": "uuid"},
          "sent": {"type": "string", "format": "date-time"},
          \(body?.properties ?? "")
        },
        "additionalProperties": false
      }
      """
  }

  private static let shared = """
    "money": {
      "type": "object",
      "required": ["amount", "currency"],
      "properties": {
        "amount": {"type": "number", "minimum": 0, "maximum": 1000000, "multipleOf": 0.01},
        "currency": {"enum": ["EUR", "USD", "GBP", "JPY"]}
      },
      "additionalProperties": false
    },
    "sku": {"type": "string", "pattern": "^[A-Z]{3}-[0-9]{4,6}$"},
    "place": {
      "type": "object",
      "required": ["street", "city", "country"],
      "properties": {
        "street": {"type": "string", "minLength": 1, "maxLength": 40},
        "city": {"type": "string", "minLength": 1, "maxLength": 30},
        "postcode": {"type": "string", "pattern": "^[0-9A-Z][0-9A-Z -]{2,8}[0-9A-Z]$"},
        "country": {"type": "string", "pattern": "^[A-Z]{2}$"}
      },
      "additionalProperties": false
    }
    """

  private struct Body {
    var kind: String
    var required: [String]
    var properties: String
  }

  private static let bodies = [
    Body(
      kind: "order_placed",
      required: ["customer", "lines", "total"],
      properties: """
        "customer": {"type": "integer", "minimum": 1, "maximum": 4294967295},
        "lines": {
          "type": "array", "minItems": 1, "maxItems": 3,
          "items": {
            "type": "object",
            "required": ["sku", "quantity", "price"],
            "properties": {
              "sku": {"$ref": "#/$defs/sku"},
              "quantity": {"type": "integer", "minimum": 1, "maximum": 999},
              "price": {"$ref": "#/$defs/money"}
            },
            "additionalProperties": false
          }
        },
        "total": {"$ref": "#/$defs/money"}
        """
    ),
    Body(
      kind: "order_cancelled",
      required: ["order", "reason", "refund"],
      properties: """
        "order": {"type": "string", "format": "uuid"},
        "reason": {"enum": ["customer", "stock", "payment", "fraud", "other"]},
        "comment": {"type": "string", "minLength": 10, "maxLength": 140},
        "refund": {"$ref": "#/$defs/money"}
        """
    ),
    Body(
      kind: "shipment",
      required: ["order", "carrier", "tracking", "to", "weight"],
      properties: """
        "order": {"type": "string", "format": "uuid"},
        "carrier": {"enum": ["road", "rail", "sea", "air"]},
        "tracking": {"type": "string", "pattern": "^[A-Z]{2}[0-9]{9}[A-Z]{2}$"},
        "to": {"$ref": "#/$defs/place"},
        "weight": {"type": "number", "exclusiveMinimum": 0, "maximum": 1000}
        """
    ),
    Body(
      kind: "stock_level",
      required: ["warehouse", "levels"],
      properties: """
        "warehouse": {"type": "string", "pattern": "^wh-[a-z]{3,8}$"},
        "levels": {
          "type": "array", "minItems": 2, "maxItems": 6,
          "items": {
            "type": "object",
            "required": ["sku", "count"],
            "properties": {
              "sku": {"$ref": "#/$defs/sku"},
              "count": {"type": "integer", "minimum": 0, "maximum": 100000},
              "reserved": {"type": "integer", "minimum": 0}
            },
            "additionalProperties": false
          }
        }
        """
    ),
    Body(
      kind: "price_changed",
      required: ["sku", "old", "new", "valid"],
      properties: """
        "sku": {"$ref": "#/$defs/sku"},
        "old": {"$ref": "#/$defs/money"},
        "new": {"$ref": "#/$defs/money"},
        "valid": {
          "type": "object",
          "required": ["from"],
          "properties": {
            "from": {"type": "string", "format": "date"},
            "until": {"type": "string", "format": "date"}
          },
          "additionalProperties": false
        }
        """
    ),
    Body(
      kind: "chat",
      required: ["thread", "author", "text"],
      properties: """
        "thread": {"type": "string", "minLength": 4, "maxLength": 20},
        "author": {
          "type": "object",
          "required": ["name", "mail"],
          "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": 32},
            "mail": {"type": "string", "format": "email"},
            "bot": {"type": "boolean"}
          },
          "additionalProperties": false
        },
        "text": {"type": "string", "minLength": 1, "maxLength": 280},
        "tags": {
          "type": "array", "maxItems": 4, "uniqueItems": true,
          "items": {"type": "string", "pattern": "^[a-z]{2,10}$"}
        }
        """
    ),
    Body(
      kind: "presence",
      required: ["user", "state", "devices"],
      properties: """
        "user": {"type": "integer", "minimum": 1},
        "state": {"enum": ["online", "away", "busy", "offline"]},
        "devices": {
          "type": "array", "minItems": 1, "maxItems": 4,
          "items": {
            "type": "object",
            "required": ["kind", "address"],
            "properties": {
              "kind": {"enum": ["web", "phone", "desktop"]},
              "address": {"type": "string", "format": "ipv4"},
              "idle": {"type": "integer", "minimum": 0, "maximum": 86400, "multipleOf": 5}
            },
            "additionalProperties": false
          }
        }
        """
    ),
    Body(
      kind: "measurement",
      required: ["sensor", "values", "unit"],
      properties: """
        "sensor": {"type": "string", "pattern": "^(?:temp|hum|press)/[0-9a-f]{8}$"},
        "values": {
          "type": "array", "minItems": 4, "maxItems": 24,
          "items": {"type": "number", "minimum": -273.15, "maximum": 1000}
        },
        "unit": {"enum": ["C", "K", "%", "hPa"]},
        "quality": {"type": "number", "minimum": 0, "maximum": 1}
        """
    ),
    Body(
      kind: "payment",
      required: ["order", "amount", "method"],
      properties: """
        "order": {"type": "string", "format": "uuid"},
        "amount": {"$ref": "#/$defs/money"},
        "method": {
          "oneOf": [
            {
              "type": "object",
              "required": ["kind", "digits", "expires"],
              "properties": {
                "kind": {"const": "card"},
                "digits": {"type": "string", "pattern": "^[0-9]{4}$"},
                "expires": {"type": "string", "pattern": "^(?:0[1-9]|1[0-2])/[0-9]{2}$"}
              },
              "additionalProperties": false
            },
            {
              "type": "object",
              "required": ["kind", "iban"],
              "properties": {
                "kind": {"const": "transfer"},
                "iban": {"type": "string", "pattern": "^[A-Z]{2}[0-9]{18}$"}
              },
              "additionalProperties": false
            },
            {
              "type": "object",
              "required": ["kind", "wallet"],
              "properties": {
                "kind": {"const": "wallet"},
                "wallet": {"type": "string", "minLength": 8, "maxLength": 34}
              },
              "additionalProperties": false
            }
          ]
        }
        """
    ),
    Body(
      kind: "subscribe",
      required: ["topics", "window"],
      properties: """
        "topics": {
          "type": "array", "minItems": 1, "maxItems": 6, "uniqueItems": true,
          "items": {"type": "string", "pattern": "^[a-z]+(?:\\\\.[a-z]+){1,3}$", "maxLength": 40}
        },
        "window": {
          "type": "array",
          "prefixItems": [
            {"type": "integer", "minimum": 0, "maximum": 3600},
            {"type": "integer", "minimum": 1, "maximum": 86400}
          ],
          "items": false, "minItems": 2
        },
        "callback": {"type": "string", "format": "uri"}
        """
    ),
    Body(
      kind: "profile",
      required: ["user", "labels", "home"],
      properties: """
        "user": {"type": "integer", "minimum": 1},
        "labels": {
          "type": "object",
          "propertyNames": {"pattern": "^[a-z][a-z0-9_]{0,15}$"},
          "additionalProperties": {"type": "string", "maxLength": 20},
          "minProperties": 1, "maxProperties": 5
        },
        "home": {"$ref": "#/$defs/place"},
        "invoice": {"$ref": "#/$defs/place"},
        "newsletter": {"type": ["boolean", "null"]}
        """
    ),
    Body(
      kind: "failure",
      required: ["code", "message", "retry"],
      properties: """
        "code": {"type": "integer", "minimum": 1000, "maximum": 4999},
        "message": {"type": "string", "minLength": 5, "maxLength": 200},
        "retry": {
          "type": "object",
          "required": ["after", "attempts"],
          "properties": {
            "after": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 3600},
            "attempts": {"type": "integer", "minimum": 0, "maximum": 10}
          },
          "additionalProperties": false
        },
        "trace": {
          "type": "array", "maxItems": 8,
          "items": {"type": "string", "format": "uuid"}
        },
        "help": {"type": "string", "format": "uri"}
        """
    ),
  ]
}
