namespace MlOpsBuild.Packaging.Registry.Tests;

/// <summary>A request that came to <see cref="FakeRegistry"/>.</summary>
internal sealed record Exchange(HttpMethod Method, Uri Uri, string? Authorization, string? Range, string? ContentRange)
{
    public string Path => Uri.AbsolutePath;

    /// <summary>Bytes of its body that arrived.</summary>
    public int Received { get; set; }
}
