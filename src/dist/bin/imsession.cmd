@echo off
rem imsession [-h]        runs the routes with the settings of conf\application.properties until Ctrl-C
rem imsession check ...   looks at the server before going live
setlocal
cd /d "%~dp0.."
set JAVA=java
if defined JAVA_HOME set JAVA=%JAVA_HOME%\bin\java
if not exist data\tmp mkdir data\tmp
if not exist log mkdir log
set MAIN=org.imsession.main.Start
if not "%~1"=="check" goto run
shift
set MAIN=org.imsession.camel.check.CheckMain
:run
"%JAVA%" -XX:+PerfDisableSharedMem -XX:+ExitOnOutOfMemoryError -XX:ErrorFile=log/hs_err_%%p.log "-Djava.io.tmpdir=%CD%\data\tmp" %IMSESSION_JAVA_OPTS% -cp "conf;lib/*" %MAIN% %1 %2 %3 %4 %5 %6 %7 %8 %9
exit /b %ERRORLEVEL%
