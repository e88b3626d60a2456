using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>
/// The machine a job runs on. A hosted one is empty until the job checks the repository out; one's own keeps what was there.
/// </summary>
/// <param name="Workspace">The folder of the job.</param>
/// <param name="Environment">Variables of the machine.</param>
/// <param name="IsHosted">Whether it is new for every job.</param>
internal sealed record ActionsMachine(string Workspace, IReadOnlyDictionary<string, string> Environment, bool IsHosted)
{
    private string Aside => Workspace + ".aside";

    public static ActionsMachine Hosted(Checkout checkout) => new(checkout.Root, checkout.Environment, IsHosted: true);

    public static ActionsMachine Own(Checkout checkout) => new(checkout.Root, checkout.Environment, IsHosted: false);

    /// <summary>The files of a hosted machine wait beside the workspace, with their times, so that nothing is compiled again.</summary>
    public void Begin()
    {
        if (IsHosted)
        {
            Directory.Move(Workspace, Aside);
            Directory.CreateDirectory(Workspace);
        }
    }

    /// <summary>The files are there; what was in the workspace before is not.</summary>
    public void BringSources()
    {
        if (Directory.Exists(Aside))
        {
            Directory.Delete(Workspace, recursive: true);
            Directory.Move(Aside, Workspace);
        }
    }
}
