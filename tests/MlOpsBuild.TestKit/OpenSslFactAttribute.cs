namespace MlOpsBuild.TestKit;

/// <summary>A test that asks OpenSSL.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenSslFactAttribute : FactAttribute
{
    /// <summary>Skipped with the reason where it is not installed.</summary>
    public OpenSslFactAttribute() => Skip = ProgramOnPath.Find("openssl") is null ? "openssl is not installed" : null!;
}
