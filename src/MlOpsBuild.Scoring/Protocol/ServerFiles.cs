using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>What every server process is told: identity, secrets, files. Travels in a file of mode 0600, never in arguments.</summary>
/// <param name="Id">Random id.</param>
/// <param name="Token">Bearer token of the admin endpoints.</param>
/// <param name="ReadyFile">Written when the server answers.</param>
/// <param name="LogFile">Its own log, rotated at 4 MiB.</param>
/// <param name="Program">The program it is; started again from there.</param>
/// <param name="Created">When it was first to be started.</param>
public sealed record ServerFiles(string Id, string Token, string ReadyFile, string LogFile, string Program, DateTimeOffset Created)
{
    /// <summary>What runs the program.</summary>
    /// <value>null: it runs by itself.</value>
    public string? Host { get; init; }

    /// <summary>Both.</summary>
    [JsonIgnore]
    public ServerCommand Command => new(Program, Host);
}
