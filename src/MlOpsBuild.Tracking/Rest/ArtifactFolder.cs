namespace MlOpsBuild.Tracking.Rest;

/// <summary>A folder of artifacts that the server itself hands through (<c>mlflow-artifacts:</c>).</summary>
/// <param name="rest">The server.</param>
/// <param name="path">The folder's path there.</param>
internal sealed class ArtifactFolder(RestConnection rest, string path)
{
    private const string Scheme = "mlflow-artifacts:";

    /// <summary>The folder at <paramref name="address"/>; null where only its own storage has it.</summary>
    public static ArtifactFolder? Of(RestConnection rest, string address)
    {
        if (!address.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        // With two slashes a host comes first: the server's own, as it sees itself.
        var path = address[Scheme.Length..];
        path = path.StartsWith("//", StringComparison.Ordinal) ? path[2..].Split('/', 2)[^1] : path;
        return new(rest, path.Trim('/'));
    }

    /// <summary>Writes a file, over one that is there.</summary>
    public Task PutAsync(string name, byte[] content, CancellationToken cancellationToken) =>
        rest.PutAsync(PathOf(name), content, cancellationToken);

    /// <summary>Loads a file.</summary>
    public Task LoadAsync(string name, Stream target, long most, CancellationToken cancellationToken) =>
        rest.LoadAsync(PathOf(name), target, most, cancellationToken);

    private string PathOf(string name) =>
        "mlflow-artifacts/artifacts/" + string.Join('/', $"{path}/{name}".TrimStart('/').Split('/').Select(Uri.EscapeDataString));
}
