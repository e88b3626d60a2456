using System.Reflection;
using MlOpsBuild.Components.Flow;
using MlOpsBuild.Reporting.Publishing;

namespace MlOpsBuild.Components;

/// <summary>Takes commands that people write in comments on pull requests.</summary>
public interface ITakeCommands : IHazSession
{
    /// <summary>Reads the command of the comment that started the workflow, and hands it to the steps that follow.</summary>
    Target ReadCommand => _ => _
        .Description("In the generated workflow: reads /mlops rollback REASON, /mlops approve v5 REASON or /mlops retrain from the comment that started it, if its author may write to the repository")
        .Executes(this, (session, ct) => CommandFlow.ReadAsync(session, TakenCommands, ct));

    private IReadOnlyList<string> TakenCommands =>
    [
        .. this is IRollBack && GetType().GetCustomAttribute<GeneratedCiAttribute>() is { Delivers: true }
            ? [CommentCommand.Rollback]
            : (string[])[],
        .. this is IApprove ? [CommentCommand.Approve] : (string[])[],
        CommentCommand.Retrain,
    ];
}
