using System.Globalization;
using System.Text;
using Docker.DotNet.Models;
using MlOpsBuild.Packaging.Images;

namespace MlOpsBuild.Delivery.Environments.Docker;

/// <summary>
/// How the containers, the network and the volume of one pipeline of one checkout are called, and by which labels they are found.
/// </summary>
/// <param name="checkout">Name of the checkout: no two on a machine have the same.</param>
/// <param name="place">Pipeline and environment: no two of a checkout have the same.</param>
internal sealed class ContainerNames(string checkout, string place)
{
    /// <summary>Label with what a container is.</summary>
    public const string Role = Prefix + "role";

    /// <summary>Label with the name by which the gateway finds a model server.</summary>
    public const string Host = Prefix + "host";

    /// <summary>Label with when it was made: the engine knows only the second.</summary>
    public const string Created = Prefix + "created";

    /// <summary>Role of a gateway.</summary>
    public const string GatewayRole = "gateway";

    /// <summary>Role of a model server.</summary>
    public const string ModelRole = "model";

    private const string Prefix = "dev.mlopsbuild.";

    /// <summary>The network in which the gateway finds its servers; nobody else's containers are in it.</summary>
    public string Network { get; } = $"{checkout}-{Ascii(place)}";

    /// <summary>The gateway.</summary>
    public string Gateway => $"{Network}-gateway";

    /// <summary>The volume with the gateway's options and routes.</summary>
    public string Volume => $"{Network}-gateway";

    /// <summary>By what everything of this pipeline is found.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; } = new Dictionary<string, string>
    {
        [Prefix + "checkout"] = checkout, [Prefix + "place"] = place
    };

    /// <summary>A model server: its version is in its name, since a label cannot be changed and a version's number can.</summary>
    public string Model(int version, string host) => string.Create(CultureInfo.InvariantCulture, $"{Network}-v{version}-{host}");

    /// <summary>The version in the name of a model server; 0 where there is none.</summary>
    public int VersionOf(string name, string host)
    {
        var (start, end) = ($"/{Network}-v", $"-{host}");
        return name.StartsWith(start, StringComparison.Ordinal)
            && name.EndsWith(end, StringComparison.Ordinal)
            && int.TryParse(name[start.Length..^end.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : 0;
    }

    /// <summary>Whether a container of ours is of this role.</summary>
    public static bool Is(ContainerListResponse container, string role) => container.Labels[Role] == role;

    // A pipeline may be called by any letters, a container may not.
    private static string Ascii(string place) =>
        ImageName.RepositoryOf(place) is var name && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-')
            ? name
            : Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name));
}
