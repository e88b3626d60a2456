namespace MlOpsBuild.Delivery.Servers;

/// <summary>What is started as a server.</summary>
/// <param name="Program">The program.</param>
/// <param name="Host">What runs it; null for a native one, which runs by itself.</param>
public sealed record ServerCommand(string Program, string? Host)
{
    /// <summary>What is started first, and what it is given before the program's own arguments.</summary>
    internal (string File, string[] Before) Start => Host is { } host ? (host, [Program]) : (Program, []);
}
