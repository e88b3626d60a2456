namespace MlOpsBuild.Engine.Output;

/// <summary>Replaces secrets in what is printed.</summary>
internal sealed class SecretMask
{
    private readonly Lock _gate = new();
    private string[] _secrets = [];

    /// <summary>False when it was known, or is nothing that could be replaced.</summary>
    public bool Add(string secret)
    {
        lock (_gate)
        {
            if (string.IsNullOrWhiteSpace(secret) || _secrets.Contains(secret))
            {
                return false;
            }

            // Longest first: a secret may begin another.
            _secrets = [.. _secrets.Append(secret).OrderByDescending(known => known.Length)];
            return true;
        }
    }

    public string Apply(string text) =>
        _secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, "***", StringComparison.Ordinal));
}
