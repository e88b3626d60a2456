using System.Globalization;
using System.Net;

namespace MlOpsBuild.Tracking;

/// <summary>An MLflow server did not do what it was asked: it refused, or it did not answer.</summary>
public sealed class TrackingRefusedException : Exception
{
    /// <summary>It answered with a refusal.</summary>
    /// <param name="status">The answer's status.</param>
    /// <param name="code">MLflow's own code of it; empty where somebody else answered.</param>
    /// <param name="message">What it said.</param>
    public TrackingRefusedException(HttpStatusCode status, string code, string message)
        : base(string.Create(CultureInfo.InvariantCulture, $"{(int)status} {(code.Length == 0 ? "" : code + " ")}{message}")) =>
        (Status, Code) = (status, code);

    /// <summary>It did not answer.</summary>
    /// <param name="message">Why.</param>
    /// <param name="inner">What failed.</param>
    public TrackingRefusedException(string message, Exception inner) : base(message, inner) => Code = "";

    /// <summary>The answer's status; null when there was none.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>MLflow's own code, for example <c>RESOURCE_DOES_NOT_EXIST</c>.</summary>
    public string Code { get; }

    /// <summary>Whether what was asked for is not there.</summary>
    public bool IsMissing => Code == "RESOURCE_DOES_NOT_EXIST";

    /// <summary>Whether what was to be made is there already.</summary>
    public bool IsThere => Code == "RESOURCE_ALREADY_EXISTS";

    /// <summary>Whether it may have been done all the same.</summary>
    public bool MayBeDone => Status is null or >= HttpStatusCode.InternalServerError;

    /// <summary>Whether asking for something else would fail as well: nobody is there, or lets us in.</summary>
    public bool IsOfEverything => MayBeDone || Code.Length == 0
        || Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests;
}
