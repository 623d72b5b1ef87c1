import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "node_modules"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "no-control-regex": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  {
    // Kernels, engines and problems index arrays whose lengths their headers prove: a check on every access would cost what they are for,
    // and a fallback that is never taken would turn a bug into a wrong answer.
    files: ["src/flow/**/*.ts", "src/engines/**/*.ts", "src/problem/**/*.ts", "src/linear/covering-simplex.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "no-restricted-syntax": [
        "error",
        ...[
          "LogicalExpression[operator='??'] > MemberExpression.left[computed=true]",
          "LogicalExpression[operator='??'] > CallExpression.left[callee.property.name='at']",
          "MemberExpression[optional=true] > MemberExpression.object[computed=true]",
          "ArrayPattern > AssignmentPattern[right.raw='0']",
          "ArrayPattern > AssignmentPattern[right.operator='-']",
        ].map((selector) => ({ selector, message: "An array is read within its length: say so by `!`." })),
      ],
    },
  },
  {
    files: ["test/**/*.ts", "bench/**/*.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off", "no-console": "off" },
  },
);
