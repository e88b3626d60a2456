using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Publishing;

namespace MlOpsBuild.Components.Flow;

/// <summary>Comment → action for the steps that follow, if its author may.</summary>
internal static class CommandFlow
{
    private const string Nothing = "none";

    public static async Task ReadAsync(RunSession session, IReadOnlyList<string> taken, CancellationToken cancellationToken)
    {
        if (CommentCommand.Of(session.Environment) is not { } command)
        {
            session.Output.Line("no command: none was written in the first line of a comment on a pull request");
            await TellAsync(session, Nothing, null, cancellationToken);
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
            await TellAsync(session, Nothing, null, cancellationToken);
            return;
        }

        var problem = Problem(command, taken);
        await desk.ReactAsync(command, taken: problem == null, cancellationToken);
        await TellAsync(session, problem == null ? command.Action : Nothing, command, cancellationToken);
        if (problem != null)
        {
            throw new UsageException(problem);
        }

        string[] words = [command.Action, command.Version, command.Reason];
        session.Output.Good($"{command.Author} asks: {string.Join(' ', words.Where(word => word.Length > 0))}");
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

    private static Finding? Problem(CommentCommand command, IReadOnlyList<string> taken) =>
        !taken.Contains(command.Action) ? new(
            "MLB7027", "Not a command", $"/mlops {command.Action}", null, string.Join(" or ", taken.Select(action => $"/mlops {action}")),
            "write another comment")
        : command is { Action: CommentCommand.Rollback, Reason: "" } ? new(
            "MLB7028", "A rollback needs a reason", "/mlops rollback", null, "/mlops rollback REASON, which goes into the audit log",
            "write another comment")
        : command.Action == CommentCommand.Approve && (command.Version.Length == 0 || command.Reason.Length == 0) ? new(
            "MLB7096", "An approval needs a version and a reason", $"/mlops approve {command.Version}".TrimEnd(), null,
            "/mlops approve v5 REASON, which goes into the audit log", "write another comment")
        : null;

    // One line each: the reason has no line breaks, so that it can be no output of its own.
    private static async Task TellAsync(RunSession session, string action, CommentCommand? command, CancellationToken cancellationToken)
    {
        if (session.Environment.GetValueOrDefault("GITHUB_OUTPUT") is { Length: > 0 } file)
        {
            await File.AppendAllTextAsync(
                file, $"action={action}\nversion={command?.Version}\nreason={command?.Reason}\n", cancellationToken);
        }
    }
}
