namespace MlOpsBuild.Delivery.Environments;

/// <summary>The alias in the registry that names the version which is to serve on an environment.</summary>
public static class EnvironmentAlias
{
    /// <summary>The alias of <c>local</c>, the only environment of most pipelines.</summary>
    public const string Champion = "champion";

    /// <summary>
    /// The alias of <paramref name="environment"/>: each has its own, so that what is proven on one does not decide what another serves.
    /// </summary>
    public static string Of(string environment) => environment == LocalEnvironment.Name ? Champion : environment;
}
