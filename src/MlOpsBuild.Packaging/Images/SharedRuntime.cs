using System.Runtime.InteropServices;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Images;

/// <summary>The runtime that is installed here, as a layer: what a program that brings none of its own is run by.</summary>
internal static class SharedRuntime
{
    /// <summary>Where it lies in an image.</summary>
    public const string Folder = "usr/share/dotnet";

    /// <summary>What runs a program in an image.</summary>
    public const string Runner = $"/{Folder}/dotnet";

    /// <summary>Where it lies on this machine.</summary>
    public static readonly string Root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static readonly string[] Frameworks = ["Microsoft.NETCore.App", "Microsoft.AspNetCore.App"];

    // For debuggers and tracers, which have nobody to attach to.
    private static readonly string[] LeftOut = ["createdump", "libcoreclrtraceptprovider.so", "libmscordaccore.so", "libmscordbi.so"];

    /// <summary>Its files: paths in the image with the files here.</summary>
    /// <param name="root">The folder of <c>dotnet</c>.</param>
    /// <param name="version">The version that runs this program, and that the server was tested with.</param>
    /// <exception cref="StageFailedException">It is not complete.</exception>
    public static IReadOnlyList<(string Path, string Source)> Files(string root, Version version)
    {
        string[] parts = ["dotnet", $"host/fxr/{version}", .. Frameworks.Select(framework => $"shared/{framework}/{version}")];
        var missing = parts.Where(part => !Path.Exists(Path.Combine(root, part))).ToList();
        if (missing.Count > 0)
        {
            throw new StageFailedException(
                "The installed runtime is not complete",
                [.. missing.Select(part => new Finding(
                    "MLB3013", "A part of the runtime is missing", Path.Combine(root, part), null,
                    "ASP.NET Core's runtime of the version that runs this build", "install it"))],
                Verdict.Error);
        }

        return [.. parts.SelectMany(part => FilesOf(Path.Combine(root, part))).Where(file => !LeftOut.Contains(Path.GetFileName(file)))
            .Select(file => ($"{Folder}/{Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/')}", file))
            .OrderBy(file => file.Item1, StringComparer.Ordinal)];
    }

    private static string[] FilesOf(string path) => File.Exists(path) ? [path] : Directory.GetFiles(path, "*", SearchOption.AllDirectories);
}
