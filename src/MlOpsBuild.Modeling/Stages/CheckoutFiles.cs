using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>Files of the checkout that a stage reads.</summary>
internal static class CheckoutFiles
{
    /// <summary>Their digests, by their paths.</summary>
    /// <param name="pipeline">Whose they are.</param>
    /// <param name="root">The checkout.</param>
    /// <param name="files">Paths below it.</param>
    /// <param name="part">Where the pipeline names them, for example <c>.Train(…)</c>.</param>
    /// <exception cref="UsageException">Some are not there; all of them at once.</exception>
    public static IEnumerable<StageInput> Digests(string pipeline, string root, IReadOnlyList<string> files, string part)
    {
        var missing = files.Where(file => !File.Exists(Path.GetFullPath(file, root))).ToList();
        return missing.Count == 0
            ? files.Select(file => new StageInput(file, Digest.Of(File.ReadAllBytes(Path.GetFullPath(file, root))).ToString()))
            : throw new UsageException("The pipeline's files are not there", [.. missing.Select(file => new Finding(
                "MLB2027", "No such file", $"pipeline {pipeline}", file, "a file below the checkout", $"correct the path in {part}"))]);
    }
}
