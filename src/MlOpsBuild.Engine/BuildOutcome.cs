using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine;

/// <summary>What a build that ran in a test said and did.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">Everything it printed.</param>
/// <param name="Targets">The planned targets in their order; empty when the build was refused.</param>
public sealed record BuildOutcome(int ExitCode, string Output, IReadOnlyList<ExecutableTarget> Targets);
