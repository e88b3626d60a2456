namespace MlOpsBuild.Engine.Tooling;

/// <summary>
/// Runs a program, waits for it, and gives what it wrote: <c>Git($"commit -m {message}")</c>. An exit code other than 0 fails.
/// </summary>
/// <param name="arguments">What it is called with; a value that is filled in is one argument, whatever stands in it.</param>
/// <param name="workingDirectory">Where it runs; where the build was started by default.</param>
/// <param name="environmentVariables">All that it sees of the environment; that of the build by default.</param>
/// <param name="timeout">Milliseconds after which it is ended; none by default.</param>
/// <param name="logOutput">Whether its lines are printed; yes by default.</param>
/// <param name="logInvocation">Whether the call is printed; yes by default.</param>
/// <param name="logger">Gets its lines in place of the console.</param>
/// <param name="exitHandler">Judges how it ended in place of the exit code.</param>
public delegate IReadOnlyCollection<Output> Tool(
    ArgumentStringHandler arguments,
    string? workingDirectory = null,
    IReadOnlyDictionary<string, string>? environmentVariables = null,
    int? timeout = null,
    bool? logOutput = null,
    bool? logInvocation = null,
    Action<OutputType, string>? logger = null,
    Action<IProcess>? exitHandler = null);
