using System.Text.Json.Serialization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>What a server cost while it was tested.</summary>
/// <param name="Start">From the start of its process, or of its container, to its first answer.</param>
/// <param name="UnderLoad">Answer times under a bounded load; null where none was made.</param>
/// <param name="MemoryBytes">Most memory that it held until then; null where nobody counts it.</param>
public sealed record ServerCost(TimeSpan Start, AnswerTimes? UnderLoad, long? MemoryBytes)
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>The same memory in MiB.</summary>
    [JsonIgnore]
    public double? MemoryMebibytes => MemoryBytes / Mebibyte;
}
