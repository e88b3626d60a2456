using MlOpsBuild.Core.Files;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;

namespace MlOpsBuild.Components.Affected;

/// <summary>What a pipeline is made of, as far as it lies in the checkout.</summary>
/// <param name="Name">The pipeline.</param>
/// <param name="Code">Source files of the types that it reaches; null where that cannot be told.</param>
/// <param name="Claims">Files and folders that its data and its trainer are read from.</param>
internal sealed record PipelineFiles(string Name, IReadOnlySet<string>? Code, IReadOnlyList<string> Claims)
{
    /// <summary>
    /// Those of a build's pipelines, and the files that each of them may depend on by another way than the others: the build class's
    /// own, and those with constants.
    /// </summary>
    /// <param name="build">The build class.</param>
    /// <param name="pipelines">Its pipelines, with what they specify.</param>
    /// <param name="root">The checkout.</param>
    public static (IReadOnlyList<PipelineFiles> Pipelines, IReadOnlySet<string> Shared) Of(
        Type build, IReadOnlyList<(ModelPipeline Pipeline, PipelineSpec Specification)> pipelines, string root)
    {
        var code = new CheckoutCode(root);

        // Many pipelines may be of one type.
        var types = pipelines.Select(pipeline => pipeline.Pipeline.GetType()).ToHashSet();
        var reached = types.ToDictionary(type => type, type => code.ReachedFrom(type, new HashSet<Type>()));
        var ofBuild = code.ReachedFrom(build, types);
        return (
            [.. pipelines.Select(pipeline => new PipelineFiles(
                pipeline.Specification.Name, ofBuild == null ? null : reached[pipeline.Pipeline.GetType()],
                [.. Claimed(pipeline.Specification, root)]))],
            code.WithConstants.Concat(ofBuild ?? new HashSet<string>()).ToHashSet());
    }

    private static IEnumerable<string> Claimed(PipelineSpec specification, string root) =>
        specification.Views.Select(join => join.View.Source.Pattern)
            .Append(specification.Source.Pattern).Append((specification.HoldOut as OwnFiles)?.Source.Pattern)
            .OfType<string>()
            .Select(FixedPart)
            .Concat(specification.Trainer.Files)
            .Select(path => SlashPath.From(root, Path.GetFullPath(path, root)).TrimEnd('/')).Where(path => path != ".");

    // Of a pattern, the folder before its first wildcard; of an output that DVC keeps, the pointer.
    private static string FixedPart(string pattern) =>
        pattern.AsSpan().IndexOfAny('*', '?') is var wildcard and >= 0 ? pattern[..(pattern[..wildcard].LastIndexOf('/') + 1)]
        : pattern.Contains(".dvc:", StringComparison.Ordinal) || pattern.Contains("dvc.lock:", StringComparison.Ordinal)
            ? pattern[..pattern.LastIndexOf(':')]
        : pattern;
}
