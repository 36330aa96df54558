/** What is wrong with what the solutions are made of, in words for whoever runs the build. */
export class SolutionBuildError extends Error {
  override readonly name = "SolutionBuildError";
}
