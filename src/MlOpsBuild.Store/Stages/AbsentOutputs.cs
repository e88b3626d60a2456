using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Stages;

/// <summary>Outputs of a restored stage that are not on this machine yet.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Outputs">What it wrote, by name.</param>
/// <param name="Execute">Runs the stage again and tells what it wrote.</param>
internal sealed record AbsentOutputs(
    string Stage, SortedDictionary<string, Digest> Outputs, Func<CancellationToken, Task<SortedDictionary<string, Digest>>> Execute);
