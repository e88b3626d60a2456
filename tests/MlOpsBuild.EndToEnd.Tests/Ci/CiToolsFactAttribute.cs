namespace MlOpsBuild.EndToEnd.Tests.Ci;

/// <summary>
/// A test with other people's readers of build servers' files; reported as skipped, with the reason, where they are absent.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CiToolsFactAttribute : FactAttribute
{
    /// <summary>A test that uses <see cref="CiTools"/>.</summary>
    public CiToolsFactAttribute() => Skip = CiTools.Missing!;
}
