using System.Text.Json.Serialization;

namespace MlOpsBuild.Core.Views;

/// <summary>Where the newest values of feature views are kept for a gateway.</summary>
/// <param name="Kind">What keeps them.</param>
/// <param name="Variable">The environment variable that holds the connection string; null where none is needed.</param>
public sealed record OnlineStore(
    OnlineStoreKind Kind, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Variable = null)
{
    /// <summary>Files of the environment, beside the store of this checkout; the gateway holds them in memory.</summary>
    public static OnlineStore Files { get; } = new(OnlineStoreKind.Files);

    /// <summary>A Redis server.</summary>
    /// <param name="variable">
    /// The environment variable that holds its connection string, which is written nowhere else but beside a gateway in a container.
    /// </param>
    public static OnlineStore Redis(string variable) => new(OnlineStoreKind.Redis, variable);
}
