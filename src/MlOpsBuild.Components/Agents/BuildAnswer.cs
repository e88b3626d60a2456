namespace MlOpsBuild.Components.Agents;

/// <summary>How a call of the build ended.</summary>
/// <param name="ExitCode">Its exit code; 0 is success.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record BuildAnswer(int ExitCode, string Output, string Errors);
