using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Training.Onnx;

/// <summary>A model of a registry, which the build brings to the checkout before it is read.</summary>
/// <param name="Name">The registered model.</param>
/// <param name="Alias">The alias that names a version; null where the version is named.</param>
/// <param name="Version">The registry's number of the version; null where an alias names it.</param>
/// <param name="Pinned">Digest of the file that is taken, and no other; null where nobody said it yet.</param>
public sealed partial record RegisteredModel(string Name, string? Alias, string? Version, Digest? Pinned)
{
    private const string Scheme = "mlflow://";

    /// <summary>Where its file lies, below the checkout.</summary>
    [JsonIgnore]
    public string File => $".mlops/downloads/{Pinned?.Hex ?? "unpinned"}/model.onnx";

    /// <summary>Whether <paramref name="path"/> names a registry's model and not a file.</summary>
    public static bool IsOne(string path) => path.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>mlflow://name@alias</c> or <c>mlflow://name/version</c>.</summary>
    /// <param name="address">The address.</param>
    /// <param name="sha256">The 64 hexadecimal digits of the file's SHA-256; null where nobody knows them yet.</param>
    /// <exception cref="UsageException">One of them is none; all problems at once.</exception>
    public static RegisteredModel Parse(string address, string? sha256)
    {
        var (match, pinned) = (Form().Match(address), default(Digest));
        List<Finding> problems =
        [
            .. match.Success ? (Finding[])[] : [new(
                "MLB2070", "No model of a registry", "Trainers.Onnx", Excerpt.Line(address), "mlflow://name@alias or mlflow://name/version",
                "correct the address")],
            .. sha256 == null || Digest.TryParse("sha256:" + sha256.ToLowerInvariant(), out pinned) ? (Finding[])[] : [new(
                "MLB2071", "No SHA-256", "Trainers.Onnx", Excerpt.Line(sha256), "64 hexadecimal digits",
                "leave it out once: the build says the digest of the model that is there")],
        ];
        return problems.Count > 0
            ? throw new UsageException("The registered model cannot be named so", problems)
            : new(match.Groups["name"].Value, Group("alias"), Group("version"), sha256 == null ? null : pinned);

        string? Group(string name) => match.Groups[name] is { Success: true, Value: var value } ? value : null;
    }

    [GeneratedRegex(
        @"^mlflow://(?<name>[^/:@]+)(@(?<alias>[\w-]+)|/(?<version>[0-9]+))$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
