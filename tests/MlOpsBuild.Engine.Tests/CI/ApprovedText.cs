using MlOpsBuild.TestKit;

namespace MlOpsBuild.Engine.CI.Tests;

/// <summary>Output that somebody looked at once and found right. Escape codes are written out, so that the files are text.</summary>
internal static class ApprovedText
{
    /// <summary>Compares with <c>CI/Approved/NAME.txt</c>; <c>MLOPS_APPROVE=1</c> writes the file anew, to be looked at and kept.</summary>
    public static void ShouldBeApproved(this string text, string name)
    {
        var visible = text.Replace("\e", "<ESC>", StringComparison.Ordinal).Replace("\r", "<CR>", StringComparison.Ordinal);
        var path = Path.Combine(RepositoryRoot.Path, "tests", "MlOpsBuild.Engine.Tests", "CI", "Approved", $"{name}.txt");
        if (Environment.GetEnvironmentVariable("MLOPS_APPROVE") == "1")
        {
            File.WriteAllText(path, visible);
        }

        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        visible.ShouldBe(approved, $"{name}\n--- approved ---\n{approved}\n--- actual ---\n{visible}\n---");
    }
}
