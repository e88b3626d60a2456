using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Stages;

/// <summary>What a stage gave, in the store.</summary>
/// <param name="Result">Its result, as JSON.</param>
/// <param name="Files">Its files, by name.</param>
public sealed record StageOutputs(Digest Result, SortedDictionary<string, Digest> Files);
