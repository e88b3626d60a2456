using System.Text.RegularExpressions;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>
/// What the stages of a pipeline need where they run as jobs of a cluster (<c>--executor kubernetes</c>). Nothing of it is part of a key: a
/// stage gives the same wherever it runs.
/// </summary>
public sealed partial record JobPolicy
{
    /// <summary>Processor time that a job is given for certain, as Kubernetes writes it, for example <c>2</c> or <c>500m</c>.</summary>
    /// <value><c>1</c>.</value>
    public string Processors { get; init; } = "1";

    /// <summary>Most processor time that it may take.</summary>
    /// <value>Null: what the node has left.</value>
    public string? ProcessorLimit { get; init; }

    /// <summary>Memory that a job is given, and may not exceed, for example <c>8Gi</c>.</summary>
    /// <value><c>2Gi</c>.</value>
    public string Memory { get; init; } = "2Gi";

    /// <summary>Number of graphics processors.</summary>
    /// <value>0.</value>
    public int Gpus { get; init; }

    /// <summary>What the cluster calls them.</summary>
    /// <value><c>nvidia.com/gpu</c>.</value>
    public string GpuResource { get; init; } = "nvidia.com/gpu";

    /// <summary>Labels that a node must have.</summary>
    /// <value>None: any node.</value>
    public IReadOnlyDictionary<string, string> Nodes { get; init; } = new Dictionary<string, string>();

    /// <summary>Keys of taints that keep others away from a node, but not these jobs.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> Tolerated { get; init; } = [];

    /// <summary>How often a job is started again whose process ended early, 0 or more; a node that is lost does not count.</summary>
    /// <value>2.</value>
    public int Retries { get; init; } = 2;

    /// <summary>How long it may take, with all its retries and the wait for a node.</summary>
    /// <value>Six hours.</value>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromHours(6);

    /// <summary>What of it no cluster would take; null when all is well.</summary>
    internal string? Problem => new[] { Processors, ProcessorLimit ?? "1", Memory }.Any(text => !Quantity().IsMatch(text))
        ? "amounts such as 2, 500m and 8Gi"
        : Gpus < 0 || Retries < 0 || Deadline < TimeSpan.FromSeconds(1) ? "a number of 0 or more, and a deadline of at least a second"
        : Tolerated.Concat(Nodes.Keys).Append(GpuResource).Any(string.IsNullOrWhiteSpace) ? "names that are not empty"
        : null;

    // https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/, without signs and exponents.
    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$")]
    private static partial Regex Quantity();
}
