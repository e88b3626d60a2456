namespace MlOpsBuild.EndToEnd.Tests.Ci;

/// <summary>A test that reads a Jenkinsfile; reported as skipped, with the reason, where Groovy is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GroovyFactAttribute : FactAttribute
{
    /// <summary>A test that uses Groovy.</summary>
    public GroovyFactAttribute() => Skip = CiTools.MissingGroovy!;
}
