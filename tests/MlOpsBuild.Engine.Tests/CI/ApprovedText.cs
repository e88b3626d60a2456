using System.Runtime.CompilerServices;

namespace MlOpsBuild.Engine.CI.Tests;

/// <summary>Output that somebody looked at once and found right. Escape codes are written out, so that the files are text.</summary>
internal static class ApprovedText
{
    /// <summary>Compares with <c>Approved/NAME.txt</c>; <c>MLOPS_APPROVE=true</c> writes it instead.</summary>
    public static void ShouldBeApproved(this string text, string name, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Folder(caller), $"{name}.txt");
        var visible = text.Replace("\e", "<ESC>", StringComparison.Ordinal).Replace("\r", "<CR>", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("MLOPS_APPROVE") == "true")
        {
            File.WriteAllText(path, visible);
        }

        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        visible.ShouldBe(approved, $"{path}\n--- approved ---\n{approved}\n--- actual ---\n{visible}\n---");
    }

    // Deterministic builds write the root as /src/.
    private static string Folder(string caller)
    {
        var root = Environment.GetEnvironmentVariable("MLOPS_REPOSITORY") ?? Above(AppContext.BaseDirectory);
        var relative = caller.StartsWith("/src/", StringComparison.Ordinal) ? caller["/src/".Length..] : Path.GetRelativePath(root, caller);
        return Path.Combine(root, Path.GetDirectoryName(relative)!, "Approved");
    }

    private static string Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MlOpsBuild.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No repository above {start}; MLOPS_REPOSITORY names it.");
    }
}
