using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Publishing;

namespace MlOpsBuild.Components.Flow;

/// <summary>Comment → action for the steps that follow, if its author may.</summary>
internal static class CommandFlow
{
    private const string Nothing = "none";

    public static async Task ReadAsync(RunSession session, bool canRollBack, CancellationToken cancellationToken)
    {
        if (CommentCommand.Of(session.Environment) is not { } command)
        {
            session.Output.Line("no command: none was written in the first line of a comment on a pull request");
            await TellAsync(session, Nothing, "", cancellationToken);
            return;
        }

        if (session.CodeHost is not { } context || CodeHosts.OpenCommands(context, session.Time) is not { } desk)
        {
            throw new UsageException(new Finding(
                "MLB7025", "Nobody can be asked who may give commands", "GITHUB_TOKEN", null, "a token of GitHub Actions",
                "let ./build.sh GenerateCi write the workflow"));
        }

        if (!await MayAsync(desk, command, cancellationToken))
        {
            session.Output.Warn(
                $"{command.Author} may not write to {context.Project}: commands are taken from people with write permission only.");
            session.Note("not permitted");
            await desk.ReactAsync(command, taken: false, cancellationToken);
            await TellAsync(session, Nothing, "", cancellationToken);
            return;
        }

        var problem = Problem(command, canRollBack);
        await desk.ReactAsync(command, taken: problem == null, cancellationToken);
        await TellAsync(session, problem == null ? command.Action : Nothing, command.Reason, cancellationToken);
        if (problem != null)
        {
            throw new UsageException(problem);
        }

        session.Output.Good($"{command.Author} asks: {command.Action} {command.Reason}".TrimEnd());
        session.Note(command.Action);
    }

    private static async Task<bool> MayAsync(CommandAuthorizer desk, CommentCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await desk.IsAuthorizedAsync(command.Author, cancellationToken);
        }
        catch (HostRefusedException refused)
        {
            throw new StageFailedException(
                "The command is not taken",
                [new(
                    "MLB7026", "The host does not tell who may give commands", command.Author, refused.Message, "an answer",
                    "try again, or act by hand")],
                Verdict.Error);
        }
    }

    private static Finding? Problem(CommentCommand command, bool canRollBack)
    {
        var known = CommentCommand.Known.Where(action => canRollBack || action != CommentCommand.Rollback).ToList();
        return !known.Contains(command.Action) ? new(
            "MLB7027", "Not a command", $"/mlops {command.Action}", null, string.Join(" or ", known.Select(action => $"/mlops {action}")),
            "write another comment")
            : command is { Action: CommentCommand.Rollback, Reason: "" } ? new(
                "MLB7028", "A rollback needs a reason", "/mlops rollback", null, "/mlops rollback REASON, which goes into the audit log",
                "write another comment")
            : null;
    }

    // One line each: the reason has no line breaks, so that it can be no output of its own.
    private static async Task TellAsync(RunSession session, string action, string reason, CancellationToken cancellationToken)
    {
        if (session.Environment.GetValueOrDefault("GITHUB_OUTPUT") is { Length: > 0 } file)
        {
            await File.AppendAllTextAsync(file, $"action={action}\nreason={reason}\n", cancellationToken);
        }
    }
}
