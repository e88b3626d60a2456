using System.Text.Json.Serialization;

namespace MlOpsBuild.Packaging.Images;

/// <summary>An image's configuration (OCI image specification 1.1), fields in alphabetical order.</summary>
/// <param name="Architecture">The processor, in Go's words.</param>
/// <param name="Config">How it is run.</param>
/// <param name="Created">Always 1970: nothing of an image depends on the time.</param>
/// <param name="Os">The operating system.</param>
/// <param name="RootFs">Its layers.</param>
internal sealed record ImageConfiguration(
    string Architecture,
    ImageConfiguration.Running Config,
    DateTimeOffset Created,
    string Os,
    [property: JsonPropertyName("rootfs")] ImageConfiguration.Layers RootFs)
{
    /// <summary>How it is run. Names are capitalised in the specification.</summary>
    internal sealed record Running(
        [property: JsonPropertyName("Cmd")] IReadOnlyList<string> Cmd,
        [property: JsonPropertyName("Entrypoint")] IReadOnlyList<string> Entrypoint,
        [property: JsonPropertyName("Env")] IReadOnlyList<string> Env,
        [property: JsonPropertyName("ExposedPorts")] SortedDictionary<string, object> ExposedPorts,
        [property: JsonPropertyName("Healthcheck"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Health? Healthcheck,
        [property: JsonPropertyName("Labels")] SortedDictionary<string, string> Labels,
        [property: JsonPropertyName("StopSignal")] string StopSignal,
        [property: JsonPropertyName("User")] string User,
        [property: JsonPropertyName("WorkingDir")] string WorkingDir);

    /// <summary>How its health is asked for; times in nanoseconds.</summary>
    internal sealed record Health(
        [property: JsonPropertyName("Test")] IReadOnlyList<string> Test,
        [property: JsonPropertyName("Interval")] long Interval,
        [property: JsonPropertyName("Timeout")] long Timeout,
        [property: JsonPropertyName("StartPeriod")] long StartPeriod,
        [property: JsonPropertyName("Retries")] int Retries);

    /// <summary>The digests of its layers, uncompressed.</summary>
    internal sealed record Layers(
        [property: JsonPropertyName("diff_ids")] IReadOnlyList<string> DiffIds,
        [property: JsonPropertyName("type")] string Type = "layers");
}
