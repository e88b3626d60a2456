using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Takes the agreement of people that a policy asks for before a version is promoted.</summary>
public interface IApprove : IHazPipelines, IHazReason, IHazSubject
{
    /// <summary>How long it holds.</summary>
    [Parameter("With Approve: days that the approval holds, at most those of the policy")]
    int? ValidDays => TryGetValue<int?>(() => ValidDays);

    /// <summary>Takes it back.</summary>
    [Parameter("With Approve: takes back every approval of the version so far")]
    bool? Withdraw => TryGetValue<bool?>(() => Withdraw);

    /// <summary>Agrees that a version is promoted.</summary>
    Target Approve => _ => _
        .Description("Agrees that a version is promoted on the environment: Approve v5 --reason \"…\"; the policy says whose agreement counts")
        .Example("Approve v5 --reason \"shadow looked good\"", "agrees that v5 is promoted")
        .Example("Approve v5 --withdraw --reason \"found a leak\"", "takes the approvals of v5 back")
        .RequiresOf(this, () => !string.IsNullOrWhiteSpace(Reason), "needs --reason")
        .Executes(
            this,
            (session, ct) => ApprovalFlow.ApproveAsync(session, Pipeline, new(Of, Reason!, ValidDays, Withdraw == true), ct),
            pulls: true);
}
