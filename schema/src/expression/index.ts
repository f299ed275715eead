export { type Budget, defaultBudget } from './budget.ts'
export { type CatalogueEntry, functionCatalogue } from './catalogue.ts'
export { compileExpression } from './compile-expression.ts'
export { type Condition, compileCondition } from './condition.ts'
export type { Bindings, Expression, ExpressionOptions, Host, Reference } from './expression.ts'
export { ExpressionError } from './expression-error.ts'
export type { Json } from './json.ts'
export {
  checkTemplate,
  compileTemplate,
  expressionOffset,
  expressionSource,
  isExpression,
  type Template,
  type TemplateExpression,
  type TemplateProblem,
} from './template.ts'
