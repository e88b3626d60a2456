namespace MlOpsBuild.Reporting.Rendering.Tests;

/// <summary>Tests in a real browser; reported as skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    /// <summary>Tests that need <see cref="Chromium.Path"/>.</summary>
    public ChromiumTheoryAttribute() => Skip = Chromium.Missing!;
}
