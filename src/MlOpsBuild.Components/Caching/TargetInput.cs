using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Caching;

/// <summary>What a target's outputs depend on.</summary>
/// <param name="Program">The digest of the program that holds its work.</param>
/// <param name="Files">What it reads, by path from the root on.</param>
/// <param name="Values">Its values.</param>
/// <param name="Outputs">What it makes, as declared.</param>
internal sealed record TargetInput(
    Digest Program, IReadOnlyList<Artifact> Files, IReadOnlyList<StageInput> Values, IReadOnlyList<string> Outputs);
