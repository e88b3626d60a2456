using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>
/// A user and a password (or access token) for a registry. Docker's credential helpers and identity tokens are out of scope:
/// where only those are set up, the variables carry the credentials.
/// </summary>
public sealed class RegistryCredentials
{
    private static readonly (string User, string Password)[] Variables =
    [
        ("MLOPS_REGISTRY_USER", "MLOPS_REGISTRY_PASSWORD"),
        ("DOTNET_CONTAINER_PUSH_REGISTRY_UNAME", "DOTNET_CONTAINER_PUSH_REGISTRY_PWORD"),
    ];

    private readonly string _password;

    /// <summary>Credentials from <paramref name="source"/>, which findings name.</summary>
    /// <exception cref="UsageException">The user holds a colon, which Basic authentication cannot carry.</exception>
    public RegistryCredentials(string user, string password, string source)
    {
        if (user.Contains(':', StringComparison.Ordinal))
        {
            throw new UsageException(new Finding(
                "MLB3022", "The registry's user holds a colon", source, null, "a user name without ':'",
                "check that user and password are not both in it"));
        }

        (User, _password, Source) = (user, password, source);
        Basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
    }

    /// <summary>Who pushes and pulls; not a secret.</summary>
    public string User { get; }

    /// <summary>Where they were found: variables or a file.</summary>
    public string Source { get; }

    /// <summary>Every text that must not appear in any output: the password and its encoded form.</summary>
    public IReadOnlyList<string> Secrets => [_password, Basic];

    /// <summary>The value of a Basic authorization.</summary>
    internal string Basic { get; }

    /// <summary>
    /// Looks in this order: MLOPS_REGISTRY_USER and MLOPS_REGISTRY_PASSWORD, DOTNET_CONTAINER_PUSH_REGISTRY_UNAME and _PWORD, then
    /// <c>config.json</c> in the folder DOCKER_CONFIG or in <c>.docker</c> below HOME (USERPROFILE). Null when there are none.
    /// </summary>
    /// <param name="address">The registry they are for; the variables are for any.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="UsageException">Half of a pair is set, or Docker's file cannot be read.</exception>
    public static async Task<RegistryCredentials?> FindAsync(
        RegistryAddress address, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        foreach (var (userName, passwordName) in Variables)
        {
            var (user, password) = (Set(userName), Set(passwordName));
            if (user != null && password != null)
            {
                return new(user, password, $"{userName} and {passwordName}");
            }

            if (user != null || password != null)
            {
                var (present, absent) = user != null ? (userName, passwordName) : (passwordName, userName);
                throw new UsageException(new Finding(
                    "MLB3023", $"{present} is set and {absent} is not", absent, null, "both or neither",
                    $"set {absent} too, or unset {present}"));
            }
        }

        var home = Set("HOME") ?? Set("USERPROFILE");
        var folder = Set("DOCKER_CONFIG") ?? (home is null ? null : Path.Combine(home, ".docker"));
        return folder is null ? null : await DockerConfiguration.FindAsync(Path.Combine(folder, "config.json"), address, cancellationToken);

        // Build servers pass variables that are not set as empty ones.
        string? Set(string name) => variables.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
    }

    /// <summary>User and source, never the password.</summary>
    public override string ToString() => $"user '{User}' from {Source}";

    /// <summary><paramref name="text"/> with every secret blotted out.</summary>
    internal string Mask(string text) =>
        Secrets.Where(secret => secret.Length > 0)
            .Aggregate(text, (masked, secret) => masked.Replace(secret, "***", StringComparison.Ordinal));
}
