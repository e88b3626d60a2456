using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Stages;

/// <summary>A stage that is to run, for whoever runs it elsewhere.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Key">The key that it has here, and must have there.</param>
/// <param name="Input">What it reads.</param>
/// <param name="Variables">Environment variables that it depends on, by name; those that are not set are left out.</param>
public sealed record StageTask(string Stage, Digest Key, object Input, IReadOnlyDictionary<string, string> Variables);
