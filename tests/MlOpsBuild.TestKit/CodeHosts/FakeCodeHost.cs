namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>
/// What the fakes of code hosts share: a server on loopback, its comments, people's permissions, its log of requests and its faults.
/// </summary>
public abstract class FakeCodeHost : IDisposable
{
    private readonly HostFaults _faults = new();
    private readonly Lock _gate = new();
    private readonly HostListener _listener;
    private readonly List<FakeRequest> _requests = [];

    private protected FakeCodeHost(string path, string token, string viewer)
    {
        (Token, Viewer) = (token, viewer);
        _listener = new(Serve);
        Address = new(_listener.Address, path);
    }

    /// <summary>The base of the API, ending in a slash.</summary>
    public Uri Address { get; }

    /// <summary>The token it accepts.</summary>
    public string Token { get; set; }

    /// <summary>The login of the token's owner, which new comments get.</summary>
    public string Viewer { get; set; }

    /// <summary>Whether the token may write comments; it may always read them.</summary>
    public bool MayComment { get; set; } = true;

    /// <summary>Whether the token may change and delete comments of others.</summary>
    public bool MayEditOthers { get; set; } = true;

    /// <summary>Whether the token may set the status of a commit.</summary>
    public bool MaySetStatus { get; set; } = true;

    /// <summary>Whether the token may record deployments.</summary>
    public bool MayDeploy { get; set; } = true;

    /// <summary>The comments of all pull or merge requests; a test may add and remove while requests are served.</summary>
    public IList<FakeComment> Comments => Notes;

    /// <summary>Called with each request before it is served; it may change everything and send requests itself.</summary>
    public Action<FakeRequest>? Before { get; set; }

    /// <summary>The requests so far, in order of arrival.</summary>
    public IReadOnlyList<FakeRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>What people may do here (<c>admin</c>, <c>write</c>, <c>read</c>, <c>none</c>), by name; others are not known.</summary>
    public IDictionary<string, string> Permissions { get; } = new Dictionary<string, string>();

    /// <summary>Whether the token is told what others may do.</summary>
    public bool MayAskPermissions { get; set; } = true;

    /// <summary>Whether the token may write issues.</summary>
    public bool MayIssue { get; set; } = true;

    /// <summary>Whether the token may write branches and propose changes.</summary>
    public bool MayPush { get; set; } = true;

    /// <summary>Branches and the changes proposed from them.</summary>
    public FakeBranches Branches { get; } = new();

    /// <summary>Changes that brought commits, and their reviews.</summary>
    public IList<FakeMerge> Merges { get; } = [];

    /// <summary>The issues, closed ones too.</summary>
    public IReadOnlyList<FakeIssue> Issues => IssueList.All;

    internal FakeComments Notes { get; } = [];

    internal FakeIssues IssueList { get; } = new();

    /// <summary>Answers the next requests with a status and headers, without doing anything.</summary>
    public void FailNext(int status, int times, IReadOnlyDictionary<string, string>? headers = null) =>
        _faults.Add(HostFault.Failure(status, headers), times);

    /// <summary>Answers the next requests with 200 and a page to log in, as a proxy would.</summary>
    public void AnswerNextWithAPage(int times) => _faults.Add(HostFault.Page, times);

    /// <summary>Resets the connections of the next requests without doing or answering anything.</summary>
    public void CutNext(int times) => _faults.Add(HostFault.Cut, times);

    /// <summary>Does what the next requests ask and resets their connections without an answer.</summary>
    public void LoseNextAnswers(int times) => _faults.Add(HostFault.LostAnswer, times);

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the server.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _listener.Dispose();
        }
    }

    private protected abstract HostAnswer Answer(HostCall call);

    private protected IReadOnlyList<T> Copied<T>(IEnumerable<T> items)
    {
        lock (_gate)
        {
            return [.. items];
        }
    }

    private HostAnswer? Serve(HostCall call)
    {
        lock (_gate)
        {
            _requests.Add(call.Request);
        }

        try
        {
            // Outside of the lock, for it may wait for a request of its own.
            Before?.Invoke(call.Request);
            lock (_gate)
            {
                var fault = _faults.Next();
                var answer = fault.Works ? Answer(call) : fault.Answer;
                answer = fault.Cuts ? null : answer;
                call.Request.Status = answer?.Status ?? 0;
                return answer;
            }
        }
        catch (Exception problem)
        {
            // A mistake of the fixture or of the hook; said here, the test shows it.
            call.Request.Status = 500;
            return HostAnswer.Message(500, problem.ToString());
        }
    }
}
