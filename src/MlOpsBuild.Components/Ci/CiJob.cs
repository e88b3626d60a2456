namespace MlOpsBuild.Components.Ci;

/// <summary>One job: when it runs, and what.</summary>
/// <param name="Name">Its name.</param>
/// <param name="When">What starts it.</param>
/// <param name="Command">The one command it runs, for a shell.</param>
/// <param name="Input">Name of what a person must give, which the command reads from the environment; null when nothing is asked.</param>
/// <param name="Reports">Whether it leaves reports.</param>
internal sealed record CiJob(string Name, CiTrigger When, string Command, string? Input, bool Reports)
{
    /// <summary>The environment variable that carries <see cref="Input"/>: never the command itself, where it could be one.</summary>
    public string Variable => "MLOPS_" + Input!.Replace('-', '_').ToUpperInvariant();
}
