namespace MlOpsBuild.Onnx.Tests;

/// <summary>The cases that the ONNX project publishes, as Debian packs them.</summary>
internal static class PublishedCases
{
    private const string Folder = "/usr/share/libonnx-testdata/data/node";

    public const string Missing = "libonnx-testdata is not installed: ./build.sh SetUp installs it on Debian and Ubuntu only";

    public static bool AreThere => Directory.Exists(Folder);

    public static IReadOnlyList<string> All => [.. Directory.GetDirectories(Folder).Order(StringComparer.Ordinal)];
}
