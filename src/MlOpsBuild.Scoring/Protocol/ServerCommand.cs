namespace MlOpsBuild.Scoring.Protocol;

/// <summary>What is started as a server.</summary>
/// <param name="Program">The program.</param>
/// <param name="Host">What runs it; null for a native one, which runs by itself.</param>
public sealed record ServerCommand(string Program, string? Host)
{
    /// <summary>The whole command line, what is started first at its beginning.</summary>
    /// <param name="arguments">What the program is given.</param>
    public IReadOnlyList<string> Line(params IReadOnlyList<string> arguments) =>
        Host == null ? [Program, .. arguments] : [Host, Program, .. arguments];
}
