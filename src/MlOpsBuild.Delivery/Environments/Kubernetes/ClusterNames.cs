using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using k8s.Models;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>
/// How the objects of one pipeline in one namespace are called, and by which labels they are found: the same from every checkout, since a
/// team serves a pipeline once.
/// </summary>
internal sealed class ClusterNames
{
    /// <summary>Who manages the fields that are applied, and the objects.</summary>
    public const string Manager = "mlopsbuild";

    /// <summary>Role of a gateway.</summary>
    public const string GatewayRole = "gateway";

    /// <summary>Role of a model server.</summary>
    public const string ModelRole = "model";

    /// <summary>Label with what a server is.</summary>
    public const string Role = "app.kubernetes.io/component";

    /// <summary>Label with the name by which the gateway finds a model server.</summary>
    public const string Host = Prefix + "host";

    /// <summary>Label with a model server's version.</summary>
    public const string Version = Prefix + "version";

    /// <summary>Annotation with when it was made.</summary>
    public const string Created = Prefix + "created";

    /// <summary>Annotation with the digest of the model that is served.</summary>
    public const string Model = Prefix + "model";

    /// <summary>Annotation with whose it is: the repository of the pipeline's images.</summary>
    public const string Owner = Prefix + "owner";

    private const string Prefix = "mlopsbuild.dev/";
    private const string ManagedBy = "app.kubernetes.io/managed-by";
    private const string Name = "app.kubernetes.io/name";
    private const int LongestBase = 40;
    private string? _owner;

    /// <summary>The names of a pipeline.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="purpose">What they are for beside serving; null for serving.</param>
    /// <param name="owner">The repository of its images; null where that is not known yet.</param>
    public ClusterNames(string pipeline, string? purpose, string? owner)
    {
        Base = Label(pipeline) + (purpose == null ? "" : $"-{purpose}");
        _owner = owner;
        Labels = new Dictionary<string, string> { [ManagedBy] = Manager, [Name] = Base };
    }

    /// <summary>The Service through which callers come in, and the route to it.</summary>
    public string Base { get; }

    /// <summary>The gateway and what belongs to it.</summary>
    public string Gateway => $"{Base}-gateway";

    /// <summary>The routes as they were kept last.</summary>
    public string Routes => $"{Base}-routes";

    /// <summary>By what everything of this pipeline is found.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>The same as the API server is asked.</summary>
    public string Selector => SelectorOf(Labels);

    /// <summary>How the API server is asked for objects with these labels.</summary>
    public static string SelectorOf(IEnumerable<KeyValuePair<string, string>> labels) =>
        string.Join(',', labels.Select(label => $"{label.Key}={label.Value}"));

    /// <summary>A name for a new model server, of <paramref name="random"/> letters and digits.</summary>
    public string NewHost(string random) => $"{Base}-m{random}";

    /// <summary>The pods of a model server, or of the gateway.</summary>
    public Dictionary<string, string> PodsOf(string host) => new(Labels)
    {
        [Role] = host == GatewayRole ? GatewayRole : ModelRole, [Host] = host
    };

    /// <summary>Metadata of an object.</summary>
    public V1ObjectMeta Metadata(string name, IDictionary<string, string>? labels = null, DateTimeOffset? created = null)
    {
        var annotations = new Dictionary<string, string>();
        if (_owner != null)
        {
            annotations[Owner] = _owner;
        }

        if (created is { } at)
        {
            annotations[Created] = at.ToString("O", CultureInfo.InvariantCulture);
        }

        return new() { Name = name, Labels = new Dictionary<string, string>(labels ?? new Dictionary<string, string>(Labels)),
            Annotations = annotations };
    }

    /// <summary>Whether an object is ours: made by this tool, for this repository.</summary>
    public bool Owns(V1ObjectMeta metadata) =>
        metadata.Labels?.TryGetValue(ManagedBy, out var manager) == true && manager == Manager
        && (_owner == null || OwnerOf(metadata) == _owner);

    /// <summary>
    /// What of <paramref name="found"/> is ours. Where nobody said for which repository, it is that of the oldest of them: who rolls back
    /// need not name a registry, and changes nobody else's.
    /// </summary>
    public IReadOnlyList<T> Owned<T>(IReadOnlyList<T> found) where T : k8s.IKubernetesObject<V1ObjectMeta>
    {
        _owner ??= found.Select(item => OwnerOf(item.Metadata)).FirstOrDefault(owner => owner != null);
        return [.. found.Where(item => Owns(item.Metadata))];
    }

    private static string? OwnerOf(V1ObjectMeta metadata) =>
        metadata.Annotations?.TryGetValue(Owner, out var owner) == true ? owner : null;

    // A pipeline may be called by any letters, an object may not (RFC 1123), and a version's name is longer.
    private static string Label(string pipeline)
    {
        var name = pipeline.ToLowerInvariant();
        return name.Length <= LongestBase && char.IsAsciiLetter(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
                ? name
                : "p" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(pipeline)))[..(LongestBase / 2)];
    }
}
