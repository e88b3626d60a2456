// Reads a Jenkinsfile as Groovy does and follows the structure of declarative pipelines: prints every stage with what it runs, or what is wrong
// and ends with 1.
// groovy check-jenkinsfile.groovy FILE
class Block {
    static final Map<String, List<String>> PARTS = [
        file: ['pipeline'],
        pipeline: ['agent', 'environment', 'options', 'parameters', 'triggers', 'stages', 'post'],
        triggers: ['cron', 'parameterizedCron', 'pollSCM'],
        parameters: ['choice', 'string', 'booleanParam'],
        stages: ['stage'],
        stage: ['when', 'agent', 'options', 'environment', 'steps', 'matrix', 'post'],
        matrix: ['axes', 'agent', 'options', 'environment', 'stages', 'post'],
        axes: ['axis'],
        axis: ['name', 'values'],
        when: ['beforeAgent', 'changeRequest', 'branch', 'anyOf', 'allOf', 'not', 'expression'],
        anyOf: ['changeRequest', 'branch', 'expression'],
        agent: ['label', 'docker', 'any', 'none'],
        docker: ['image', 'label', 'args'],
        options: ['timeout'],
        environment: ['credentials'],
        steps: ['sh', 'stash', 'unstash', 'dir'],
        dir: ['deleteDir', 'unstash', 'catchError'],
        catchError: ['unstash'],
        script: ['node'],
        node: ['checkout', 'dir', 'withEnv'],
        withEnv: ['withCredentials', 'string', 'inside', 'sh'],
        withCredentials: ['string', 'inside', 'sh'],
        inside: ['sh'],
        post: ['always', 'success', 'failure'],
        always: ['junit', 'archiveArtifacts', 'stash', 'script'],
    ]
    static final Map<String, List<String>> NEEDED = [
        pipeline: ['agent', 'stages'], docker: ['image'], matrix: ['axes', 'stages'], axes: ['axis'], axis: ['name', 'values'],
    ]

    final String kind
    final List<String> seen = []
    static final List<String> lines = []

    Block(String kind) { this.kind = kind }

    def env = [BRANCH_NAME: 'main', CHANGE_ID: '1', MLOPS_PIPELINE: 'one']
    def scm = 'scm'

    Object getDocker() { [image: { String name -> this }] }

    def propertyMissing(String name) {
        if (name in ['any', 'none']) { return name }
        throw new IllegalArgumentException("${kind}: nothing is called ${name}")
    }

    void setProperty(String name, Object value) {
        if (kind != 'environment') { throw new IllegalArgumentException("${kind}: ${name} = is for environment only") }
        if (!(value instanceof String)) { throw new IllegalArgumentException("environment: ${name} is no text") }
    }

    def methodMissing(String name, Object given) {
        def (known, arguments) = [PARTS[kind], given as List]
        if (known == null || !(name in known)) { throw new IllegalArgumentException("${kind}: ${name} is not known; it has ${known}") }
        seen << name
        if (name == 'sh') { lines << "  ${arguments[0]}" }
        if (name == 'stage') { lines << arguments[0].toString() }
        if (name == 'credentials') { return "credential ${arguments[0]}".toString() }
        if (arguments && arguments[-1] instanceof Closure && name != 'expression') {
            def inner = new Block(name)
            def body = arguments[-1].rehydrate(inner, inner, inner)
            body.resolveStrategy = Closure.DELEGATE_ONLY
            body()
            if (name == 'stage' && !('steps' in inner.seen) && !('matrix' in inner.seen)) { throw new IllegalArgumentException("stage: [steps] is missing") }
            def lacking = (NEEDED[name] ?: []) - inner.seen
            if (lacking) { throw new IllegalArgumentException("${name}: ${lacking} is missing") }
        }
        return null
    }
}

try {
    def file = new Block('file')
    def script = new GroovyShell().parse(new File(args[0]))
    script.metaClass.methodMissing = { String name, Object given -> file.methodMissing(name, given) }
    script.run()
    Block.lines.each { println it }
} catch (Exception | org.codehaus.groovy.control.CompilationFailedException wrong) {
    println wrong.message
    System.exit(1)
}
