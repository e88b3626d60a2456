using System.Globalization;
using System.Net;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>A code host did not do what it was asked: no permission, a limit, or no answer.</summary>
public sealed class HostRefusedException : Exception
{
    /// <summary>The host answered with a refusal.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="message">What it said.</param>
    public HostRefusedException(HttpStatusCode status, string message)
        : base(string.Create(CultureInfo.InvariantCulture, $"{(int)status} {message}")) => Status = status;

    /// <summary>The host did not answer.</summary>
    /// <param name="message">Why.</param>
    /// <param name="inner">What failed.</param>
    public HostRefusedException(string message, Exception inner) : base(message, inner)
    {
    }

    /// <summary>The answer's status; null when there was none.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>Whether what was asked for is not there any more.</summary>
    public bool IsGone => Status is HttpStatusCode.NotFound or HttpStatusCode.Gone;

    /// <summary>Whether asking again will not help, but another way may: the token may not do this.</summary>
    public bool IsForbidden => Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound;
}
