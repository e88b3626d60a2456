namespace MlOpsBuild.Engine.CI.Tests;

/// <summary>Output that somebody looked at once and found right. Escape codes are written out, so that the files are text.</summary>
internal static class ApprovedText
{
    /// <summary>Compares with <c>CI/Approved/NAME.txt</c>; <c>MLOPS_APPROVE=FOLDER</c> writes the text into that folder, to be looked at and kept.</summary>
    public static void ShouldBeApproved(this string text, string name)
    {
        var visible = text.Replace("\e", "<ESC>", StringComparison.Ordinal).Replace("\r", "<CR>", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("MLOPS_APPROVE") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, $"{name}.txt"), visible);
        }

        // Copied beside the tests when they are built.
        var path = Path.Combine(AppContext.BaseDirectory, "CI", "Approved", $"{name}.txt");
        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        visible.ShouldBe(approved, $"{name}\n--- approved ---\n{approved}\n--- actual ---\n{visible}\n---");
    }
}
