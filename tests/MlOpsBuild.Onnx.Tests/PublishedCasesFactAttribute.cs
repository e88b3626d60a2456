namespace MlOpsBuild.Onnx.Tests;

/// <summary>A test on the published cases; reported as skipped, with the reason, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublishedCasesFactAttribute : FactAttribute
{
    /// <summary>A test that reads <see cref="PublishedCases"/>.</summary>
    public PublishedCasesFactAttribute() => Skip = PublishedCases.AreThere ? null! : PublishedCases.Missing;
}
