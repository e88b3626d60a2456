using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Stages;

/// <summary>A line of the stage cache, as stored.</summary>
internal sealed record StageEntry(
    string Stage, IReadOnlyList<StageInput> Inputs, Digest Result, SortedDictionary<string, Digest> Outputs, double Seconds,
    DateTimeOffset At);
