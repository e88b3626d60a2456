namespace MlOpsBuild.Engine.CI;

/// <summary>A build server that says no more than <c>CI=true</c>.</summary>
internal sealed class GenericServer(IReadOnlyDictionary<string, string> environment) : Host(environment)
{
    public override string DisplayName => "build server";
}
