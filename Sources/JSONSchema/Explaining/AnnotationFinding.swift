/// A keyword that describes a value, before its place is written out.
struct AnnotationFinding {
  let schema: Int
  let path: [Finding.Step]
  let annotation: SchemaNode.Annotation
}
